package io.sluice.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The table of all verbs, in the order of the help. */
final class Verbs {
    static final String DEBUG = "--debug";

    private static final Map<String, Function<Surroundings, Object>> TABLE = table();

    private Verbs() {}

    private static Map<String, Function<Surroundings, Object>> table() {
        Map<String, Function<Surroundings, Object>> verbs = new LinkedHashMap<>();
        verbs.put("up", UpCommand::new);
        verbs.put("redact", RedactCommand::new);
        verbs.put("parse", ParseCommand::new);
        verbs.put("detect", DetectCommand::new);
        verbs.put("rules", RulesCommand::make);
        verbs.put("promises", PromisesCommand::new);
        verbs.put("send", SendCommand::new);
        verbs.put("optout", OptOutCommand::make);
        verbs.put("login", LoginCommand::new);
        verbs.put("account", AccountCommand::make);
        verbs.put("refused", RefusedCommand::make);
        verbs.put("run", RunCommand::new);
        verbs.put("collector", CollectorCommand::new);
        verbs.put("check", CheckCommand::new);
        verbs.put("sample", SampleCommand::new);
        verbs.put("serve", ServeCommand::new);
        return verbs;
    }

    /** The names, in the order of the help. */
    static List<String> names() {
        return List.copyOf(TABLE.keySet());
    }

    /**
     * The command line for these arguments: with the one verb they name, which starts faster, or else with all.
     */
    static CommandLine commandLine(Surroundings here, String... args) {
        CommandLine root = new CommandLine(new Root());
        String verb = Arrays.stream(args)
                .filter(arg -> !arg.startsWith("-"))
                .findFirst()
                .orElse("");
        if (TABLE.containsKey(verb)) {
            root.addSubcommand(verb, TABLE.get(verb).apply(here));
        } else {
            TABLE.forEach((name, make) -> root.addSubcommand(name, make.apply(here)));
        }
        return root;
    }

    /** What {@code sluice} alone does: its help. */
    @Command(
            name = "sluice",
            mixinStandardHelpOptions = true,
            version = "sluice 0.1.0",
            synopsisSubcommandLabel = "VERB",
            description = "Turns logs and usage events full of personal data into usage analytics anybody may look at.",
            footer = {
                "",
                "Try first:",
                "  echo '192.0.2.7 - jane [10/Jan/2024:12:00:00 +0000] \"GET /pricing?email=jane@example.com"
                        + " HTTP/1.1\" 200 512' | sluice redact -",
                "",
                "Results go to standard output, everything else to standard error. Each verb has a --help."
            })
    static final class Root implements Runnable {
        @Option(
                names = DEBUG,
                scope = ScopeType.INHERIT,
                description = "Also print stack traces and all that libraries have to say.")
        boolean debug;

        @CommandLine.Spec
        CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

        @Override
        public void run() {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }
}
