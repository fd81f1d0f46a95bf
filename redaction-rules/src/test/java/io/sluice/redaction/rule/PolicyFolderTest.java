package io.sluice.redaction.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.redaction.detect.TextScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy in a folder elsewhere, with its own detectors, beside a shipped one that it extends. */
class PolicyFolderTest {
    private static final String DETECTORS =
            """
            detectors:
              - name: member
                category: client-information
                because: x
                pattern: '\\bM-[0-9]{5}\\b'
                examples: {found: ['{{M-12344}}'], left: ['M-1']}
            """;

    @TempDir
    Path folder;

    private PolicyFiles files(String more) throws IOException {
        Files.writeString(folder.resolve("mine.yaml"), "policy: mine-1\nextends: ottomatiq-2024-01-10\n" + more);
        return PolicyFiles.of(folder.resolve("mine.yaml"));
    }

    @Test
    void itAddsPathsFreeTextAndDetectorsToWhatItExtends() throws IOException, PolicyException {
        Files.writeString(folder.resolve("d.yaml"), DETECTORS);
        RedactionPolicy base =
                PolicyReader.read(PolicyFiles.shipped(PolicyFiles.DEFAULT).orElseThrow());
        RedactionPolicy mine = PolicyReader.read(
                files("detectors: [d.yaml]\nfreeText: [props.note]\npaths:\n  application: [/mine]\n"));
        assertEquals(
                base.datasets().get("application").paths().rules().size() + 1,
                mine.datasets().get("application").paths().rules().size());
        assertEquals(base.freeText().size() + 1, mine.freeText().size());
        assertEquals(base.detectors().size() + 1, mine.detectors().size());
        assertEquals("<client-information> x", TextScanner.of(mine.detectors()).replace("M-12344 x"));
        assertTrue(mine.hash().matches("[0-9a-f]{64}"));
    }

    @Test
    void theFilesThatTravelReadTheSameElsewhere() throws IOException, PolicyException {
        Files.writeString(folder.resolve("d.yaml"), DETECTORS);
        PolicyFiles files = files("detectors: [d.yaml]\n").named("mine-1");
        assertEquals("mine-1.yaml", files.main());
        assertEquals(1, PolicyReader.read(files).ownDetectors().size());
    }

    @Test
    void aDetectorsProblemsHaveTheirOwnPlace() throws IOException {
        Files.writeString(folder.resolve("d.yaml"), DETECTORS.replace("M-[0-9]", "(?=M)M-[0-9]"));
        assertTrue(problems("detectors: [d.yaml]\n").startsWith("d.yaml:5:14: the pattern cannot run in linear time"));
        Files.writeString(folder.resolve("d.yaml"), DETECTORS.replace("name: member", "name: email"));
        assertEquals(
                "d.yaml:2:1: there is a detector email already; choose another name",
                problems("detectors: [d.yaml]\n"));
        assertEquals(
                "mine.yaml:3:13: there is no file none.yaml beside the policy, or below its folder",
                problems("detectors: [none.yaml]\n"));
    }

    @Test
    void thePoliciesBesideItAreKnown() throws IOException, PolicyException {
        PolicyFiles own = files("");
        Files.writeString(folder.resolve("other.yaml"), "policy: mine-1\nextends: ottomatiq-2024-01-10-optin\n");
        Path file = folder.resolve("mine.yaml");
        assertTrue(assertThrows(PolicyException.class, () -> PolicyReader.read(own, PolicyFiles.beside(file)))
                .getMessage()
                .contains("exists already, with other content, in other.yaml"));
        Files.delete(folder.resolve("other.yaml"));
        assertEquals("mine-1", PolicyReader.read(own, PolicyFiles.beside(file)).version());
    }

    private String problems(String more) throws IOException {
        PolicyFiles files = files(more);
        return assertThrows(PolicyException.class, () -> PolicyReader.read(files))
                .getMessage();
    }
}
