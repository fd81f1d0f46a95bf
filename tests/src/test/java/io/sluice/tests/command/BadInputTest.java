package io.sluice.tests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.tests.command.Sluice.Run;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong is said in one sentence, with the right exit code and without a stack trace. */
class BadInputTest {
    @TempDir
    Path folder;

    private Sluice sluice() {
        return new Sluice(folder);
    }

    /** One sentence first, and no trace. */
    private static void says(Run run, int code, String... parts) {
        assertEquals(code, run.code(), run.err());
        for (String part : parts) {
            assertTrue(run.err().contains(part), run.err());
        }
        assertFalse(run.err().contains("\tat "), run.err());
        assertFalse(run.err().contains("Exception"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"redact", "parse", "detect"})
    void aMissingFileIsNamedAndTheOthersAreRead(String verb) throws IOException {
        Run run = sluice().file("there", "hello\n").run(verb, "missing.log", "there");
        says(run, 1, "cannot read missing.log: there is no such file; check the name");
        assertEquals(1, run.count("in"), "the balance is the last line with exit code 1 too");
    }

    @Test
    void aFolderIsNoFile() throws IOException {
        Files.createDirectory(folder.resolve("logs"));
        Run run = sluice().run("parse", "logs");
        says(run, 1, "cannot read logs: it is a folder; name the files in it");
        assertEquals(0, run.count("in"));
    }

    @Test
    void aFileWithoutPermissionIsNamed() throws IOException {
        sluice().file("secret.log", "x\n");
        assertTrue(folder.resolve("secret.log").toFile().setReadable(false));
        Run run = sluice().run("parse", "secret.log");
        if (Files.isReadable(folder.resolve("secret.log"))) {
            // Root may read everything.
            assertEquals(1, run.count("in"));
        } else {
            says(run, 1, "cannot read secret.log: permission denied");
        }
    }

    @Test
    void noGzipUnderItsNameIsNamed() throws IOException {
        Run run = sluice().file("a.gz", "not packed\n").run("redact", "a.gz");
        says(run, 1, "a.gz: its gzip data is damaged");
        assertEquals(0, run.count("lines"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redcat -                                | there is no verb redcat; did you mean redact?",
                "redact --formt combined -               | there is no option --formt; did you mean --format?",
                "redact --format combind -               | there is no format combind for --format; did you mean combined?",
                "redact --format xyzzyx -                | it is one of auto, combined",
                "redact --route analytic -               | did you mean analytics?",
                "redact --dataset marketing -            | the policy has no dataset marketing for --dataset",
                "redact --zone Mars/Olympus -            | zone is a time zone, such as America/Toronto",
                "redact --received-at yesterday -        | --received-at takes an instant such as 2024-01-10T12:00:00Z",
                "redact --framing lines -                | framing is line, file or jsonl:POINTER",
                "redact --framing jsonl:message -        | framing is line, file or jsonl:POINTER",
                "redact --trusted-proxies 10.0.0.0/99 -  | --trusted-proxies 10.0.0.0/99 will not do",
                "redact --log-format x --format combined - | --log-format has no meaning with --format combined",
                "redact                                  | name at least one FILE, or - for standard input",
                "redact --policy                         | Missing required parameter for option '--policy'",
                "detect --framing file                   | name at least one FILE",
                "parse --format=combind -                | did you mean combined?",
                "optout                                  | say what to do: add, remove or show",
                "optout ad                               | there is no verb ad; did you mean add?",
                "refused                                 | say what to do: list or retry",
                "login                                   | Missing required option: '--server=URL'",
                "account add mary --role analist         | did you mean analyst?",
                "sample --rate 0                         | --rate 1 or more",
                "sample --kind accesslog                 | there is no kind accesslog for --kind",
                "send --format combined                  | Missing required parameter: 'FILE'",
                "send --follow --format avro-usage a.log | --format avro-usage has no lines, which --follow sends",
                "send --follow --format w3c a.log        | declare the columns with --log-format",
                "run                                     | Missing required option: '--config=FILE'"
            })
    void wrongUsageIsSaidWithWhatWasMeant(String line, String sentence) {
        Run run = sluice().input("x\n").run(line.split(" +"));
        says(run, 2, sentence);
        assertEquals("", run.out());
        assertFalse(run.err().contains("\"lines\":"), "nothing was read, so there is no balance");
    }

    @Test
    void anArgumentThatMayBeASecretIsNotRepeated() {
        Run run = sluice().run("login", "--password=hunter2-planted");
        assertEquals(2, run.code());
        assertFalse(run.err().contains("hunter2"), run.err());
    }

    @Test
    void aRefusedPolicyListsEveryProblemWithItsPlace() throws IOException {
        Run run = sluice().file("mine.yaml", "policy: mine-1\nfieldz: []\n")
                .input("x\n")
                .run("redact", "--policy", "mine.yaml", "-");
        says(run, 1, "the policy mine.yaml is refused", "mine.yaml:2:", "did you mean fields?");
        assertEquals(0, run.count("in"));

        Run detect = sluice().input("x\n").run("detect", "--policy", "mine.yaml", "-");
        says(detect, 1, "the policy mine.yaml is refused");
    }

    @Test
    void aPolicyThatIsNotThereOrNoTextIsNamed() throws IOException {
        says(sluice().run("redact", "--policy", "other.yaml", "-"), 1, "there is no policy other.yaml");
        sluice().file("bytes.yaml", new byte[] {(byte) 0xff, (byte) 0xfe});
        says(
                sluice().run("redact", "--policy", "bytes.yaml", "-"),
                1,
                "the policy bytes.yaml is refused; it is not UTF-8");
    }

    @Test
    void keysThatAreNotThereAreNamedAndNotMade() {
        says(sluice().run("redact", "--keys", "kees", "-"), 1, "there is no key store", "check --keys");
        says(sluice().run("redact", "--dir", "stak", "-"), 1, "there is no key store", "check --dir");
        assertFalse(Files.exists(folder.resolve("kees")));
    }

    @Test
    void optOutsThatCannotBeReadAreNamedWithoutTheirText() throws IOException {
        says(sluice().run("redact", "--optouts", "none", "-"), 1, "cannot read the opt-outs none");
        Run run = sluice().file("optouts", "user:a\njane@example.com\n").run("redact", "--optouts", "optouts", "-");
        says(run, 1, "optouts: line 2 is not email:ADDRESS, user:ID or cookie:VALUE");
        assertFalse(run.err().contains("jane"), run.err());
    }

    @Test
    void aFullDiskIsSaidAndTheBalanceIsStillLast() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no /dev/full here");
        try (OutputStream out = new FileOutputStream(full.toFile())) {
            Run run = sluice().input("hello\n").output(out).run("parse", "-");
            says(run, 1, "cannot write the results: No space left on device");
            assertEquals(1, run.count("in"));
        }
    }

    @Test
    void aReaderThatHasEnoughIsNoFault() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        Run run = sluice().input("hello\n").output(closed).run("parse", "-");
        assertEquals(1, run.code());
        assertEquals(1, run.err().lines().count(), run.err());
        assertEquals(1, run.count("in"));
    }

    @Test
    void sendWithoutSluiceOrKafkaSaysWhatToStart() throws IOException {
        sluice().file("a.log", "x\n");
        says(sluice().run("send", "a.log"), 1, "no Sluice runs in", "start it with `sluice up`");

        sluice().file(
                        "kafka.yaml",
                        "kafka:\n  bootstrap.servers: 127.0.0.1:" + freePort() + "\n  max.block.ms: 1500\n");
        Run run = sluice().run("send", "--config", "kafka.yaml", "a.log");
        says(run, 1, "Kafka at 127.0.0.1:", "does not answer for topic raw.app-logs; look whether it runs");
    }

    @Test
    void refusedWithoutSluiceKafkaOrElasticsearchSaysWhatToStart() throws IOException {
        says(sluice().run("refused", "list"), 1, "start Sluice with `sluice up`", "or name the configuration");
        sluice().file(
                        "index.yaml",
                        """
                        job: index
                        kafka: {bootstrap.servers: "127.0.0.1:%d", default.api.timeout.ms: 1500}
                        elasticsearch: {urls: ["http://127.0.0.1:%d"]}
                        subject-index: {path: subjects}
                        checkpoints: {path: checkpoints}
                        """
                                .formatted(freePort(), freePort()));
        for (String part : List.of("list", "retry")) {
            Run run = sluice().run("refused", part, "--config", "index.yaml");
            says(run, 1, "Kafka at 127.0.0.1:", "does not answer for topic refused; look whether it runs");
        }
    }

    @Test
    void aWrongKeyOfASendConfigurationIsNamedWithItsPlace() throws IOException {
        sluice().file("a.log", "x\n").file("kafka.yaml", "kafak:\n  bootstrap.servers: 127.0.0.1:1\n");
        says(sluice().run("send", "--config", "kafka.yaml", "a.log"), 1, "kafka.yaml:", "did you mean kafka?");
    }

    @Test
    void aServerThatIsNotThereIsSaid() throws IOException {
        says(sluice().run("optout", "add", "--user", "u-1"), 1, "start it with `sluice up`");
        Map<String, String> home = Map.of("HOME", folder.toString(), "USER", "mary");
        String server = "http://127.0.0.1:" + freePort();
        says(
                sluice().environment(home).input("secret\n").run("login", "--server", server),
                1,
                "The server at " + server + " does not answer");
        says(
                sluice().environment(home).run("optout", "show", "--user", "u-1", "--server", server),
                1,
                "There is no login to " + server);
    }

    @Test
    void aJobWithoutItsConfigurationOrBrokersIsRefused() throws IOException {
        says(sluice().run("run", "--config", "none.yaml"), 1, "none.yaml", "cannot be read");
        sluice().file("job.yaml", "job: boundry\n");
        says(sluice().run("check", "--config", "job.yaml"), 1, "job.yaml:1", "did you mean boundary?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "check"})
    void aJobWithoutKafkaAndElasticsearchSaysWhatToLookAt(String verb) throws IOException {
        int nobody = freePort();
        sluice().file(
                        "index.yaml",
                        """
                        job: index
                        kafka: {bootstrap.servers: "127.0.0.1:%d", default.api.timeout.ms: 2000, request.timeout.ms: 1000}
                        elasticsearch: {urls: ["http://127.0.0.1:%d"]}
                        subject-index: {path: subjects}
                        checkpoints: {path: checkpoints}
                        """
                                .formatted(nobody, nobody));
        Run run = sluice().run(verb, "--config", "index.yaml");
        String said = run.out() + run.err();
        says(new Run(run.code(), run.out(), said), 1, "brokers: no answer from 127.0.0.1:" + nobody);
        assertTrue(said.contains("look at kafka.bootstrap.servers"), said);
        assertTrue(said.contains("elasticsearch: no answer from [http://127.0.0.1:" + nobody), said);
        assertTrue(said.contains("look at elasticsearch.urls"), said);
    }

    @Test
    void aJobWithAPolicyThatDoesNotLoadListsItsProblems() throws IOException {
        sluice().file("mine.yaml", "policy: mine-1\nfieldz: []\n")
                .file(
                        "boundary.yaml",
                        """
                        job: boundary
                        kafka: {bootstrap.servers: "127.0.0.1:%d", default.api.timeout.ms: 2000, request.timeout.ms: 1000}
                        policy: {path: mine.yaml}
                        keys: {path: keys}
                        vault: {path: vault}
                        checkpoints: {path: checkpoints}
                        """
                                .formatted(freePort()));
        Run run = sluice().run("run", "--config", "boundary.yaml");
        says(run, 1, "policy: it does not load", "mine.yaml:2:", "did you mean fields?");
    }

    @Test
    void aTakenPortIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            sluice().file(
                            "server.yaml",
                            String.join(
                                    "\n",
                                    "server: {port: " + taken.getLocalPort() + ", accounts-file: accounts.json}",
                                    "keys: keys",
                                    "kafka: {bootstrap.servers: \"127.0.0.1:1\"}",
                                    "elasticsearch: {url: \"http://127.0.0.1:1\", user: u, password: \"${env:PW}\"}"));
            Run run = sluice().environment(Map.of("PW", "x")).run("serve", "--config", "server.yaml");
            says(run, 1, String.valueOf(taken.getLocalPort()));
        }
    }

    @Test
    void everyVerbHasAHelpWithAnExampleOrAReason() {
        for (String verb : List.of(
                "up",
                "send",
                "redact",
                "parse",
                "detect",
                "rules",
                "promises",
                "optout",
                "login",
                "account",
                "refused",
                "run",
                "check",
                "sample")) {
            Run run = sluice().run(verb, "--help");
            assertEquals(0, run.code());
            assertTrue(run.out().contains("Usage: sluice " + verb), run.out());
            assertTrue(sluice().run("--help").out().contains("\n  " + verb + " "), verb);
        }
        assertFalse(sluice().run("--help").out().contains("serve "), "hidden");
        assertTrue(sluice().run("--version").out().startsWith("sluice "));
    }

    @Test
    void aStackTraceComesWithDebugOnly() {
        Run run = sluice().run("--debug", "redact", "--policy", "other.yaml", "-");
        assertEquals(1, run.code());
        assertTrue(run.err().contains("\tat io.sluice."), run.err());
        assertTrue(run.err().strip().endsWith("}"), "and the balance last");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
