package io.sluice.console.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an audit log says was done, in its order. */
final class AuditLines {
    private AuditLines() {}

    /** Account, action and policy of each entry. */
    static List<String> of(Path log) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            JsonNode entry = new ObjectMapper().readTree(line);
            lines.add(entry.path("account").asText() + " "
                    + entry.path("action").asText() + " " + entry.path("policy").asText());
        }
        return lines;
    }
}
