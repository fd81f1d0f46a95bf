package io.sluice.cli;

import io.sluice.console.accounts.Role;
import io.sluice.console.client.OptOutAnswer;
import io.sluice.console.client.ServerClient;
import io.sluice.console.client.ServerProblem;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code optout}: a person's choice not to be part of usage analytics. */
final class OptOutCommand {
    private OptOutCommand() {}

    /** The verb with its parts. */
    static CommandLine make(Surroundings here) {
        return new CommandLine(new Parent())
                .addSubcommand("add", new Add(here))
                .addSubcommand("remove", new Remove(here))
                .addSubcommand("show", new Show(here));
    }

    @Command(
            name = "optout",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "add|remove|show",
            description = {
                "Records that a person opts out of usage analytics, takes that back, or shows it.",
                "What is received once the choice is in force is suppressed on the analytics route. Security and the vault"
                        + " are not closed by it."
            },
            footer = {
                "",
                "Examples:",
                "  sluice optout add --email jane@example.com --wait",
                "  sluice optout show --user u-1042"
            })
    static final class Parent implements Callable<Integer> {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            throw new ParameterException(spec.commandLine(), "say what to do: add, remove or show");
        }
    }

    /** Whose choice it is. */
    static final class Person {
        @Option(names = "--email", paramLabel = "ADDRESS", description = "By e-mail address.")
        @Nullable
        String email;

        @Option(names = "--user", paramLabel = "ID", description = "By user id.")
        @Nullable
        String user;

        @Option(names = "--cookie", paramLabel = "VALUE", description = "By the value of the visitor's cookie.")
        @Nullable
        String cookie;

        String kind() {
            return email != null ? "email" : user != null ? "user" : "cookie";
        }

        String value() {
            String value = email != null ? email : user != null ? user : cookie;
            return value == null ? "" : value;
        }
    }

    /** What all three ask. */
    static final class Ask {
        @Spec(Spec.Target.MIXEE)
        CommandSpec spec = CommandSpec.create();

        @ArgGroup(multiplicity = "1")
        Person person = new Person();

        @Mixin
        ServerFlags server = new ServerFlags();

        @Option(names = "--json", description = "Print the answer as JSON.")
        boolean json;

        int ask(Surroundings here, Question question) throws CommandFailure {
            try {
                print(question.ask(server.client(here, Role.OFFICER), person.kind(), person.value()));
                return ExitCode.OK;
            } catch (ServerProblem e) {
                throw new CommandFailure(String.valueOf(e.getMessage()), e);
            }
        }

        private void print(OptOutAnswer answer) {
            if (json) {
                spec.commandLine()
                        .getOut()
                        .println("{\"choice\":\"" + answer.choice() + "\",\"progress\":\""
                                + answer.progress() + "\"" + time("recorded", answer.recorded())
                                + time("inForceSince", answer.inForceSince()) + "}");
                return;
            }
            String since = answer.inForceSince() == null ? "" : " since " + answer.inForceSince();
            spec.commandLine()
                    .getOut()
                    .println(answer.choice() + ", " + answer.progress().replace('-', ' ') + since);
        }

        private static String time(String name, @Nullable Object time) {
            return time == null ? "" : ",\"" + name + "\":\"" + time + "\"";
        }
    }

    /** One of the three. */
    interface Question {
        OptOutAnswer ask(ServerClient client, String kind, String value) throws ServerProblem;
    }

    /** How long to wait for a change. */
    static final class WaitFlag {
        private static final int LONGEST_SECONDS = 60;

        @Spec(Spec.Target.MIXEE)
        CommandSpec spec = CommandSpec.create();

        @Option(
                names = "--wait",
                arity = "0..1",
                fallbackValue = "60",
                paramLabel = "SECONDS",
                description = "Wait until it is in force, at most so long (default: 60).")
        @Nullable
        Integer seconds;

        Duration duration() {
            if (seconds != null && (seconds < 0 || seconds > LONGEST_SECONDS)) {
                throw new ParameterException(spec.commandLine(), "--wait takes 0 to 60 seconds");
            }
            return Duration.ofSeconds(seconds == null ? 0 : seconds);
        }
    }

    @Command(name = "add", mixinStandardHelpOptions = true, description = "Records that a person opts out.")
    static final class Add implements Callable<Integer> {
        private final Surroundings here;

        @Mixin
        Ask ask = new Ask();

        @Mixin
        WaitFlag wait = new WaitFlag();

        Add(Surroundings here) {
            this.here = here;
        }

        @Override
        public Integer call() throws CommandFailure {
            Duration patience = wait.duration();
            return ask.ask(here, (client, kind, value) -> client.addOptOut(kind, value, patience));
        }
    }

    @Command(name = "remove", mixinStandardHelpOptions = true, description = "Takes an opt-out back.")
    static final class Remove implements Callable<Integer> {
        private final Surroundings here;

        @Mixin
        Ask ask = new Ask();

        @Mixin
        WaitFlag wait = new WaitFlag();

        Remove(Surroundings here) {
            this.here = here;
        }

        @Override
        public Integer call() throws CommandFailure {
            Duration patience = wait.duration();
            return ask.ask(here, (client, kind, value) -> client.removeOptOut(kind, value, patience));
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows what is recorded for a person.")
    static final class Show implements Callable<Integer> {
        private final Surroundings here;

        @Mixin
        Ask ask = new Ask();

        Show(Surroundings here) {
            this.here = here;
        }

        @Override
        public Integer call() throws CommandFailure {
            return ask.ask(here, ServerClient::showOptOut);
        }
    }
}
