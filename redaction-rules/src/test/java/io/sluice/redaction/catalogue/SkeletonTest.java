package io.sluice.redaction.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is begun loads as far as it can, and is refused until it is filled in. */
class SkeletonTest {
    @TempDir
    Path folder;

    private PolicyFiles files(String policy) throws IOException {
        Files.writeString(folder.resolve("policy.yaml"), policy);
        return PolicyFiles.of(folder.resolve("policy.yaml"));
    }

    @Test
    void anEmptyExtensionIsThePolicyItExtends() throws IOException, PolicyException {
        var base = PolicyReader.read(PolicyFiles.shipped(PolicyFiles.DEFAULT).orElseThrow());
        var extension = PolicyReader.read(files(Skeleton.policy("mine-1", PolicyFiles.DEFAULT)));
        assertEquals("mine-1", extension.version());
        assertEquals(base.fields(), extension.fields());
    }

    @Test
    void whatIsNotFilledInIsRefusedWithItsPlace() throws IOException {
        Files.createDirectories(folder.resolve("detectors"));
        Files.writeString(folder.resolve("detectors/member.yaml"), Skeleton.detector("member"));
        String policy = Skeleton.withRule(
                Skeleton.withDetectors(Skeleton.policy("mine-1", PolicyFiles.DEFAULT), "detectors/member.yaml"),
                Skeleton.rule("props.note"));
        PolicyFiles files = files(policy);
        String problems = assertThrows(PolicyException.class, () -> PolicyReader.read(files))
                .getMessage();
        assertTrue(problems.contains("detectors/member.yaml:7:15: there is no category \"FILL-IN\""), problems);
        assertTrue(problems.contains("policy.yaml:11:13: unknown clause FILL-IN"), problems);
    }

    @Test
    void anElementGoesToTheEndOfItsSection() {
        assertEquals(
                "fields:\n  - a\n  - b\npaths:\n  x: []\n",
                Skeleton.withRule("fields:\n  - a\npaths:\n  x: []\n", "  - b\n"));
        assertEquals("policy: p\n\ndetectors:\n  - d.yaml\n", Skeleton.withDetectors("policy: p", "d.yaml"));
        assertThrows(IllegalArgumentException.class, () -> Skeleton.withDetectors("detectors: [a.yaml]\n", "b.yaml"));
    }

    @Test
    void aFileOutsideThePolicysFolderIsNotTaken() throws IOException {
        Path outside = Files.createTempFile(folder.getParent(), "outside", ".yaml");
        try {
            PolicyFiles files = files(Skeleton.withDetectors(
                    Skeleton.policy("mine-1", PolicyFiles.DEFAULT), "../" + outside.getFileName()));
            String problems = assertThrows(PolicyException.class, () -> PolicyReader.read(files))
                    .getMessage();
            assertTrue(problems.contains("there is no file ../outside"), problems);
        } finally {
            Files.delete(outside);
        }
    }
}
