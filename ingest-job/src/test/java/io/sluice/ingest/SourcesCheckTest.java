package io.sluice.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.redaction.rule.RedactionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesCheckTest {
    private static final String SHOWN = "$remote_addr [$time_local] \"$request\" $status $http_sec_gpc $http_dnt";

    @TempDir
    Path dir;

    private CheckLine check(String format, String signals) throws Exception {
        String text = "job: boundary\nkafka: {bootstrap.servers: '127.0.0.1:1'}\nkeys: {path: keys}\n"
                + "vault: {path: vault}\ncheckpoints: {path: checkpoints}\nsources:\n  raw.access-logs: {dataset: application, "
                + format + "}\n";
        IngestConfig config = IngestConfig.read(Files.writeString(dir.resolve("sluice.yaml"), text), Map.of());
        TreeMap<String, String> files = new TreeMap<>(
                PolicyFiles.shipped(PolicyFiles.DEFAULT).orElseThrow().files());
        files.put(
                "p.yaml",
                "policy: p-1\nextends: " + PolicyFiles.DEFAULT
                        + "\ndatasets:\n  application: {hosts: [app.example.com], " + signals + "}\n");
        RedactionPolicy policy = PolicyReader.read(new PolicyFiles("p.yaml", files));
        List<CheckLine> lines = new ArrayList<>();
        SourcesCheck.run(config, policy, lines);
        assertEquals(1, lines.size());
        assertEquals("source raw.access-logs", lines.get(0).what());
        return lines.get(0);
    }

    private static void assertSays(CheckLine.Level level, String begin, CheckLine line) {
        assertEquals(level, line.level(), line.said());
        assertTrue(line.said().startsWith(begin), line.said());
    }

    @Test
    void saysWhetherSignalsAreVisible() throws Exception {
        String shown = "format: nginx, log-format: '" + SHOWN + "'";
        assertSays(CheckLine.Level.OK, "signals are visible", check(shown, "signals: visible"));
        assertSays(CheckLine.Level.WARNING, "its format shows signals", check(shown, "signals: not-visible"));
        assertSays(
                CheckLine.Level.OK,
                "signals are not collected; the policy says why: none came",
                check("format: combined", "signals: not-collected, because: none came"));
        assertSays(CheckLine.Level.WARNING, "signals not visible", check("format: combined", "signals: visible"));
        assertSays(
                CheckLine.Level.WARNING,
                "signals not visible",
                check(shown.replace(" $http_dnt", ""), "signals: visible"));
    }
}
