package io.sluice.redaction.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sluice.redaction.detect.DataCategory;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTemplatesTest {
    private final PathTemplates templates = new PathTemplates(List.of(
            rule("/"),
            rule("/clients"),
            rule("/clients/new"),
            rule("/clients/:client"),
            rule("/clients/:client/notes"),
            rule("/assets/*"),
            rule("/:any/settings")));

    private static PathRule rule(String template) {
        return new PathRule(template, Map.of(), Map.of(), false, true);
    }

    @ParameterizedTest
    @CsvSource({
        "/,/",
        "/clients,/clients",
        "/clients/,/clients",
        "/clients/new,/clients/new",
        "/clients/jane,/clients/:client",
        "/clients/settings,/clients/:client",
        "/%63lients/jane,/clients/:client",
        "/clients;jsessionid=1/jane,/clients/:client",
        "/clients/jane/notes/,/clients/:client/notes",
        "/assets/a/b/c.js,/assets/*",
        "/x/settings,/:any/settings",
    })
    void aPathBecomesItsTemplate(String path, String template) {
        PathRule rule = templates.match(path);
        assertEquals(template, rule == null ? null : rule.template());
    }

    @ParameterizedTest
    @CsvSource({
        "/practice/clients/jane/other,jane/other",
        "/practice/clients/a/b/c,a/b/c",
        "/practice/clients//jane,jane",
        "/practice/clients/x%2Fy,x%2Fy",
        "/practice/%63lients/jane/other,jane/other",
        "/practice/clients/new/other,",
        "/practice/clients,",
        "/practice,",
        "/other/jane,",
        "jane,"
    })
    void whatBeginsAsATemplateMayHoldWhatItsParameterHolds(String path, String personal) {
        PathTemplates holding = new PathTemplates(List.of(
                rule("/practice/clients/new"),
                new PathRule(
                        "/practice/clients/:client",
                        Map.of("client", DataCategory.CLIENT_INFORMATION),
                        Map.of(),
                        false,
                        true)));
        int from = holding.personalFrom(path);
        assertEquals(personal, from < 0 ? null : path.substring(from));
    }

    @ParameterizedTest
    @CsvSource({
        "/jane",
        "/clients//jane",
        "/clients/../jane",
        "/clients/jane/other",
        "/clients/a%2Fb",
        "jane",
        "*",
        "/clients/jane/notes/x"
    })
    void anythingElseMatchesNothing(String path) {
        assertEquals(null, templates.match(path));
    }

    @Test
    void aShapeHoldsNoValue() {
        assertEquals("/a/9/a-a.a", PathTemplates.shape("/clients/4711/jane-doe.html"));
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            StringBuilder path = new StringBuilder("/");
            random.ints(40, 0, 0x2fff).forEach(path::appendCodePoint);
            assertFalse(PathTemplates.shape(path.toString()).matches(".*[b-zB-Z0-8].*"), "a letter or digit is left");
        }
    }
}
