package io.sluice.tests.corpora;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.infra.sample.ClientNames;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten thousand names of practices' clients, wherever an application event can hold one: none in any clean document. */
class ClientNamesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NAMES = 10_000;

    @ParameterizedTest
    @ValueSource(strings = {"analytics", "security", "operations"})
    void noNameIsLeft(String route) throws IOException {
        List<String> names = ClientNames.of(7, NAMES);
        assertEquals(NAMES, names.size());
        StringBuilder input = new StringBuilder();
        int records = 0;
        for (String name : names) {
            String coded = URLEncoder.encode(name, StandardCharsets.UTF_8);
            String slug = name.toLowerCase(Locale.ROOT).replace(' ', '-');
            input.append(JSON.writeValueAsString(Map.of(
                            "type", "page_view",
                            "page",
                                    Map.of(
                                            "url",
                                            "https://app.ottomatiq.example/clients/" + coded + "/notes?name=" + coded,
                                            "title",
                                            name,
                                            "search",
                                            name,
                                            "referrer",
                                            "https://app.ottomatiq.example/search?q=" + coded),
                            "props",
                                    Map.of(
                                            "client",
                                            name,
                                            "plan",
                                            name,
                                            "results",
                                            name,
                                            name,
                                            1,
                                            "list",
                                            List.of(name)))))
                    .append('\n');
            input.append("192.0.2.7 - - [10/Jan/2024:12:00:00 +0000] \"GET /")
                    .append(coded)
                    .append("/x?q=")
                    .append(coded)
                    .append(" HTTP/1.1\" 200 1 \"https://www.google.example/search?q=")
                    .append(coded)
                    .append("\" \"")
                    .append("-")
                    .append("\"\n");
            input.append("{\"type\":").append(JSON.writeValueAsString(slug)).append("}\n");
            records += 3;
        }

        Offline run = Offline.run(
                input.toString().getBytes(StandardCharsets.UTF_8),
                "redact",
                "--route",
                route,
                "--dataset",
                "application",
                "-");

        assertEquals(0, run.exit(), run.err());
        assertEquals(records, run.balance().get("in").asInt());
        assertEquals(records, run.balance().get("released").asInt());
        Set<String> left = new HashSet<>();
        List<String> words = new ArrayList<>();
        for (var object : run.objects()) {
            object.properties().forEach(field -> {
                if (!field.getValue().asText().startsWith("tok_")) {
                    words.add(field.getValue().asText().toLowerCase(Locale.ROOT));
                }
                words.add(field.getKey().toLowerCase(Locale.ROOT));
            });
        }
        String all = String.join("\n", new HashSet<>(words));
        for (String name : names) {
            for (String form : List.of(name, name.replace(' ', '-'), URLEncoder.encode(name, StandardCharsets.UTF_8))) {
                if (holdsWord(all, form.toLowerCase(Locale.ROOT))) {
                    left.add(name);
                }
            }
        }
        assertEquals(Set.of(), left);
        assertTrue(all.length() > 100);
    }

    /** Whether a text holds a name and not just its letters within a longer word. */
    private static boolean holdsWord(String all, String name) {
        for (int at = all.indexOf(name); at >= 0; at = all.indexOf(name, at + 1)) {
            boolean before = at == 0 || !Character.isLetterOrDigit(all.charAt(at - 1));
            int end = at + name.length();
            if (before && (end == all.length() || !Character.isLetterOrDigit(all.charAt(end)))) {
                return true;
            }
        }
        return false;
    }
}
