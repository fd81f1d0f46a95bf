package io.sluice.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The command {@code sluice}. */
public final class Main {
    private Main() {}

    /** Runs one verb and ends the process with its exit code. */
    public static void main(String[] args) {
        Surroundings here = Surroundings.ofProcess();
        int code = run(here, args);
        here.err().flush();
        // Threads of libraries must not keep a finished command alive.
        System.exit(code);
    }

    /** Runs one verb in these surroundings; its exit code. */
    public static int run(Surroundings here, String... args) {
        CommandLine command = Verbs.commandLine(here, args);
        PrintWriter out = new PrintWriter(new OutputStreamWriter(here.out(), StandardCharsets.UTF_8), false);
        PrintWriter err = new PrintWriter(new OutputStreamWriter(here.err(), StandardCharsets.UTF_8), true);
        Complaints complaints = new Complaints(here, Verbs.names());
        command.setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(here.outIsTerminal() ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler(complaints)
                .setExecutionExceptionHandler(complaints);
        int code = command.execute(args);
        out.flush();
        err.flush();
        return code;
    }
}
