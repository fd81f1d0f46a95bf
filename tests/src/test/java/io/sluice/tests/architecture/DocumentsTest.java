package io.sluice.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people read of the project is whole. */
class DocumentsTest {
    private static final Pattern MARK_OF_A_MERGE = Pattern.compile("(?m)^(<{7}|={7}$|>{7})");

    @Test
    void noDocumentHoldsTheMarksOfAMerge() throws IOException {
        List<Path> documents = documents();
        assertFalse(documents.isEmpty());
        List<Path> torn = new ArrayList<>();
        for (Path document : documents) {
            if (MARK_OF_A_MERGE.matcher(Files.readString(document)).find()) {
                torn.add(document);
            }
        }
        assertEquals(List.of(), torn);
    }

    private static List<Path> documents() throws IOException {
        Path project = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> files = Files.walk(project, 4)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
        }
    }
}
