package io.sluice.tests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code sluice}, as a real process over the built command, in a folder with spaces. */
class LauncherIT {
    private static final String LINE =
            "192.0.2.7 - jane [10/Jan/2024:12:00:00 +0000] \"GET /?q=jane%40example.com HTTP/1.1\" 200 5";
    private static final List<String> TOOLS = List.of(
            "sh",
            "readlink",
            "dirname",
            "find",
            "head",
            "cat",
            "mkdir",
            "rm",
            "date",
            "awk",
            "tee",
            "touch",
            "mv",
            "cp",
            "sleep",
            "grep",
            "sed");
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    Path temporary;

    private Path home;
    private Path sources;
    private final List<Path> links = new ArrayList<>();

    private record Ended(int code, String out, String err) {}

    @BeforeEach
    void install() throws IOException {
        Path checkout = checkout();
        home = Files.createDirectories(temporary.resolve("a b/check out"));
        Files.copy(checkout.resolve("sluice"), home.resolve("sluice"));
        Path target = Files.createDirectories(home.resolve("cli/target"));
        Path jar = checkout.resolve("cli/target/sluice-cli.jar");
        assertTrue(Files.exists(jar), "package the module cli first");
        link(target.resolve("sluice-cli.jar"), jar);
        link(target.resolve("lib"), checkout.resolve("cli/target/lib"));
        sources = Files.createDirectories(home.resolve("cli/src/main"));
        Files.writeString(target.resolve("built"), "");
    }

    private void link(Path name, Path real) throws IOException {
        links.add(Files.createSymbolicLink(name, real));
    }

    /** What they point to lies outside of the temporary folder. */
    @AfterEach
    void removeLinks() throws IOException {
        for (Path link : links) {
            Files.delete(link);
        }
    }

    private static Path checkout() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("sluice"))) {
                return folder;
            }
        }
        throw new AssertionError("no launcher above the working folder");
    }

    private Ended shell(Map<String, String> environment, String script) throws IOException, InterruptedException {
        Path out = Files.createTempFile(temporary, "out", "");
        Path err = Files.createTempFile(temporary, "err", "");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script);
        builder.directory(temporary.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.redirectInput(new File("/dev/null"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        builder.environment().values().removeIf(String::isEmpty);
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("still running: " + script);
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Ended shell(String script) throws IOException, InterruptedException {
        return shell(Map.of(), script);
    }

    /** A folder of tools without Java and Maven. */
    private Path tools() throws IOException {
        Path bin = Files.createDirectories(temporary.resolve("bin"));
        for (String tool : TOOLS) {
            for (String folder : List.of("/bin", "/usr/bin")) {
                Path real = Path.of(folder, tool);
                if (Files.exists(real) && !Files.exists(bin.resolve(tool))) {
                    link(bin.resolve(tool), real);
                }
            }
        }
        return bin;
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void newerSource() throws IOException {
        Files.setLastModifiedTime(home.resolve("cli/target/built"), FileTime.from(Instant.EPOCH));
        Files.writeString(sources.resolve("New.java"), "");
    }

    @Test
    void runsThroughALinkFromAnyFolder() throws Exception {
        link(temporary.resolve("s l"), Path.of("a b/check out/sluice"));
        Ended ended = shell("echo '" + LINE + "' | './s l' redact -");
        assertEquals(0, ended.code(), ended.err());
        assertTrue(ended.out().startsWith("{\"@timestamp\":\"2024-01-10T12:00:00.000Z\""), ended.out());
        assertEquals(1, ended.out().lines().count());
        assertFalse(ended.out().contains("jane"));
        assertEquals(
                "{\"lines\":1,\"blank\":0,\"header\":0,\"in\":1,\"released\":1,\"suppressed\":0,\"quarantined\":0}",
                last(ended.err()));
    }

    private static String last(String text) {
        List<String> lines = text.lines().toList();
        return lines.get(lines.size() - 1);
    }

    @Test
    void readsNamesThatAreNotAsciiWhateverTheLocale() throws Exception {
        Files.writeString(temporary.resolve("caf\u00e9 \u65e5.log"), LINE + "\n");
        Ended ended = shell(
                Map.of("LC_ALL", "C", "LANG", ""), "'a b/check out/sluice' parse --origin 'caf\u00e9 \u65e5.log'");
        assertEquals(0, ended.code(), ended.err());
        assertTrue(ended.out().contains("\"file\":\"caf\u00e9 \u65e5.log\""), ended.out());
    }

    @Test
    void handsOnTheExitCode() throws Exception {
        Ended ended = shell("'a b/check out/sluice' redcat -");
        assertEquals(2, ended.code());
        assertTrue(ended.err().contains("did you mean redact?"), ended.err());
        assertEquals(1, shell("'a b/check out/sluice' parse missing").code());
    }

    @Test
    void endsQuietlyWhenItsReaderHasEnough() throws Exception {
        Ended ended = shell("yes '" + LINE + "' | head -n 100000 | 'a b/check out/sluice' parse - | head -n 1");
        assertEquals(1, ended.out().lines().count());
        assertEquals(1, ended.err().lines().count(), ended.err());
        assertTrue(ended.err().startsWith("{\"lines\":"), ended.err());
    }

    @Test
    void saysThatTheDiskIsFull() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
        Ended ended = shell("echo '" + LINE + "' | 'a b/check out/sluice' parse - > /dev/full");
        assertEquals(1, ended.code());
        assertTrue(ended.err().contains("cannot write the results: No space left on device"), ended.err());
    }

    @Test
    void saysThatThereIsNoJavaOrAnOldOne() throws Exception {
        Path bin = tools();
        Ended none = shell(Map.of("PATH", bin.toString(), "JAVA_HOME", ""), "'a b/check out/sluice' --version");
        assertEquals(1, none.code());
        assertEquals("sluice: there is no java; install a JDK from 17 on, or set JAVA_HOME.\n", none.err());

        Ended wrong = shell(Map.of("JAVA_HOME", "/nowhere"), "'a b/check out/sluice' --version");
        assertEquals(1, wrong.code());
        assertTrue(wrong.err().startsWith("sluice: JAVA_HOME is /nowhere, where there is no bin/java"), wrong.err());

        Path old = Files.createDirectories(temporary.resolve("old/bin"));
        program(old.resolve("java"), "exit 9");
        Files.writeString(temporary.resolve("old/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");
        Ended eleven =
                shell(Map.of("JAVA_HOME", temporary.resolve("old").toString()), "'a b/check out/sluice' --version");
        assertEquals(1, eleven.code());
        assertTrue(eleven.err().contains("is Java 11.0.2; install a JDK from 17 on"), eleven.err());
    }

    @Test
    void saysThatTheBuildNeedsMaven() throws Exception {
        newerSource();
        Ended ended = shell(Map.of("PATH", tools().toString()), "'a b/check out/sluice' --version");
        assertEquals(1, ended.code());
        assertTrue(ended.err().contains("needs Maven from 3.8 on; install it"), ended.err());
        assertFalse(Files.exists(home.resolve(".building")), "the lock is gone");
    }

    @Test
    void buildsOnceWhenSourcesAreNewerAlsoWhenStartedTwice() throws Exception {
        newerSource();
        Path bin = tools();
        Path calls = temporary.resolve("calls");
        program(bin.resolve("mvn"), "echo call >> '" + calls + "'");
        String start = "'a b/check out/sluice' --version";
        Ended ended = shell(Map.of("PATH", bin.toString()), start + " & " + start + "; wait");
        assertEquals(0, ended.code(), ended.err());
        assertEquals(List.of("call"), Files.readAllLines(calls));
        assertTrue(ended.out().contains("sluice "), ended.out());
        assertFalse(Files.exists(home.resolve(".building")));

        Ended again = shell(Map.of("PATH", bin.toString()), start);
        assertEquals(0, again.code(), again.err());
        assertEquals(1, Files.readAllLines(calls).size(), "nothing is newer now");
        assertEquals("", again.err());
    }

    @Test
    void aFailedBuildNamesItsLogAndIsTriedAgain() throws Exception {
        newerSource();
        Path bin = tools();
        program(bin.resolve("mvn"), "echo '[ERROR] planted'; exit 1");
        for (int i = 0; i < 2; i++) {
            Ended ended = shell(Map.of("PATH", bin.toString()), "'a b/check out/sluice' --version");
            assertEquals(1, ended.code());
            assertEquals("", ended.out());
            assertTrue(ended.err().contains("[ERROR] planted"), ended.err());
            assertTrue(ended.err().contains("target/build.log"), ended.err());
            assertFalse(Files.exists(home.resolve(".building")));
        }
    }

    @Test
    void aLockWhoseBuilderIsGoneIsTakenOver() throws Exception {
        newerSource();
        Path bin = tools();
        program(bin.resolve("mvn"), "exit 0");
        Process gone = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
        gone.waitFor();
        Files.createDirectories(home.resolve(".building"));
        Files.writeString(home.resolve(".building/pid"), gone.pid() + "\n");
        Ended ended = shell(Map.of("PATH", bin.toString()), "'a b/check out/sluice' --version");
        assertEquals(0, ended.code(), ended.err());
    }

    @Test
    void logLinesOfLibrariesHaveNoControlCharactersAndNoTraces() throws Exception {
        List<String> words = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                home.resolve("cli/target/sluice-cli.jar") + ":" + home.resolve("cli/target/lib") + "/*:"
                        + Path.of("target/test-classes").toAbsolutePath(),
                HostileLogLine.class.getName()));
        Path err = Files.createTempFile(temporary, "err", "");
        Process process = new ProcessBuilder(words).redirectError(err.toFile()).start();
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        String text = Files.readString(err, StandardCharsets.UTF_8);
        assertEquals(1, text.lines().count(), text);
        assertTrue(text.contains("a?b?[31mc?d?e"), text);
        assertTrue(text.chars().allMatch(c -> c == '\n' || !Character.isISOControl(c)), text);
        assertFalse(text.contains("planted"), text);
    }
}
