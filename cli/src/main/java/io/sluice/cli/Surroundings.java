package io.sluice.cli;

import io.sluice.infra.Installation;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command sees of the world; a test gives it another one.
 *
 * @param in standard input
 * @param out where results go, unbuffered
 * @param err where everything else goes, UTF-8
 * @param folder where relative file names begin
 * @param environment environment variables
 * @param clock the time
 * @param random where throwaway keys come from
 * @param outIsTerminal whether a person looks at the results
 * @param errIsTerminal whether a person sees progress
 * @param passwords asks for a password without showing it
 * @param installation folder of the built checkout, or null if the launcher did not say
 */
public record Surroundings(
        InputStream in,
        OutputStream out,
        PrintStream err,
        Path folder,
        Map<String, String> environment,
        Clock clock,
        SecureRandom random,
        boolean outIsTerminal,
        boolean errIsTerminal,
        PasswordPrompt passwords,
        @Nullable Path installation) {

    /** Asks for a password. */
    public interface PasswordPrompt {
        /** The password, or null if there is no terminal to ask at. */
        char @Nullable [] ask(String prompt);
    }

    /** Set by the launcher, for Java 17 does not say which of the three streams is a terminal. */
    private static final String OUT_IS_TERMINAL = "sluice.out.terminal";

    private static final String ERR_IS_TERMINAL = "sluice.err.terminal";

    /** Those of this process. */
    static Surroundings ofProcess() {
        String home = System.getProperty(Installation.PROPERTY);
        return new Surroundings(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Path.of("").toAbsolutePath(),
                System.getenv(),
                Clock.systemUTC(),
                new SecureRandom(),
                isTerminal(OUT_IS_TERMINAL),
                isTerminal(ERR_IS_TERMINAL),
                prompt -> {
                    Console console = System.console();
                    return console == null ? null : console.readPassword("%s", prompt);
                },
                home == null ? null : Path.of(home));
    }

    private static boolean isTerminal(String property) {
        String said = System.getProperty(property);
        return said == null ? System.console() != null : said.equals("true");
    }

    /** An absolute path of a file name as it was typed. */
    public Path resolve(String name) {
        return folder.resolve(name).normalize();
    }
}
