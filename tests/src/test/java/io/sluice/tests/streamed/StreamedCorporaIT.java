package io.sluice.tests.streamed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.tests.corpora.NaughtyStrings;
import io.sluice.tests.stack.Account;
import io.sluice.tests.stack.RunningSluice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/** What others wrote, through the stream. */
@Tag("corpora")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamedCorporaIT {
    private static final Path CORPORA = Path.of(System.getProperty("sluice.corpora"));

    @AutoClose
    private RunningSluice sluice;

    @BeforeAll
    void start() throws Exception {
        sluice = RunningSluice.start();
    }

    @Test
    void documentsOfARealSiteAreWhatRedactPrints(TestReporter report) throws Exception {
        Path file = CORPORA.resolve("weblog-elastic-examples/apache_logs.log");
        for (List<String> options :
                List.of(List.<String>of(), List.of("--format", "combined", "--dataset", "marketing-site"))) {
            Map<String, Account.Sum> sums = SameAsOffline.check(sluice, file, options.toArray(String[]::new));
            assertEquals(new Account.Sum(10_000, 9_999, 0, 1, 0), sums.get("analytics"));
            report.publishEntry("real logs " + options, sums.toString());
        }
    }

    @Test
    void hostileRecordsStopNothing(TestReporter report) throws Exception {
        NaughtyStrings strings = NaughtyStrings.read(CORPORA);
        Account.Sum sum = HostileRun.begin(sluice)
                .send(strings.events(), "--format", "usage")
                .send(strings.accessLines(), "--format", "combined")
                .send(strings.lines())
                .send(strings.lines(), "--format", "text")
                .send(files("json-testsuite/test_parsing", ""), "--framing", "file", "--format", "usage")
                .send(files("json-testsuite/test_parsing", ""), "--framing", "file")
                .send(files("utf8-tests", ""))
                .send(files("attacklog-crowdsec", ".log"))
                .end();
        assertTrue(sum.in() > 7_000, sum.toString());
        report.publishEntry("hostile", sum.toString());
    }

    private static List<Path> files(String folder, String ending) throws Exception {
        try (Stream<Path> files = Files.list(CORPORA.resolve(folder))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
