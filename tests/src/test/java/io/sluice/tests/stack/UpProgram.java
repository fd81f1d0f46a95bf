package io.sluice.tests.stack;

import io.sluice.infra.Installation;
import io.sluice.infra.up.Up;
import io.sluice.infra.up.UpOptions;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** Runs {@code up} in a process of its own, which a test can kill. */
public final class UpProgram {
    private UpProgram() {}

    public static void main(String[] args) throws Exception {
        List<String> self = List.of(
                Installation.java().toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StandInProgram.class.getName());
        UpOptions options = new UpOptions(Path.of(args[0]), args.length > 1, true, 7, 50, self, false);
        try {
            new Up(options, System.out, new SecureRandom(), Clock.systemUTC()).run();
        } catch (java.io.IOException e) {
            System.out.println("sluice: " + e.getMessage());
            System.exit(1);
        }
    }
}
