package io.sluice.cli;

import io.sluice.console.accounts.Role;
import io.sluice.console.client.ServerProblem;
import io.sluice.redaction.yaml.Problems;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code account}: accounts of the server. */
final class AccountCommand {
    private AccountCommand() {}

    /** The verb with its parts. */
    static CommandLine make(Surroundings here) {
        return new CommandLine(new Parent())
                .addSubcommand("add", new Add(here))
                .addSubcommand("list", new ListAll(here));
    }

    @Command(
            name = "account",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "add|list",
            description = "Makes accounts of the server, and lists them.",
            footer = {"", "Examples:", "  sluice account add mary --role officer", "  sluice account list"})
    static final class Parent implements Callable<Integer> {
        @Spec
        CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            throw new ParameterException(spec.commandLine(), "say what to do: add or list");
        }
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Makes an account. Asks for its password, twice at a terminal.")
    static final class Add implements Callable<Integer> {
        private final Surroundings here;

        @Spec
        CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "NAME", description = "Name of the account.")
        String name = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                required = true,
                split = ",",
                description = "What it may do: analyst, security, officer, engineer, operator, support.")
        List<String> roles = List.of();

        @Mixin
        ServerFlags server = new ServerFlags();

        Add(Surroundings here) {
            this.here = here;
        }

        @Override
        public Integer call() throws CommandFailure {
            Set<Role> wanted = EnumSet.noneOf(Role.class);
            roles.forEach(label -> wanted.add(role(label)));
            char[] password = password();
            try {
                server.client(here, Role.OPERATOR).addAccount(name, wanted, password);
                here.err().println("Made the account " + name + ".");
                return ExitCode.OK;
            } catch (ServerProblem e) {
                throw new CommandFailure(String.valueOf(e.getMessage()), e);
            } finally {
                Arrays.fill(password, ' ');
            }
        }

        private Role role(String label) {
            List<String> labels = Arrays.stream(Role.values()).map(Role::label).toList();
            String meant = Problems.nearest(label, labels);
            return Role.of(label)
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "there is no role " + label + " for --role; "
                                    + (meant == null
                                            ? "it is one of " + Role.labels()
                                            : "did you mean " + meant + "?")));
        }

        private char[] password() throws CommandFailure {
            char[] first = Passwords.ask(here, "New password of " + name + ": ");
            char[] again = here.passwords().ask("The same again: ");
            if (again != null && !Arrays.equals(first, again)) {
                throw new CommandFailure("the two passwords differ; try again");
            }
            return first;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the accounts with their roles.")
    static final class ListAll implements Callable<Integer> {
        private final Surroundings here;

        @Spec
        CommandSpec spec = CommandSpec.create();

        @Mixin
        ServerFlags server = new ServerFlags();

        ListAll(Surroundings here) {
            this.here = here;
        }

        @Override
        public Integer call() throws CommandFailure {
            try {
                server.client(here, Role.OPERATOR).accounts().forEach((name, roles) -> spec.commandLine()
                        .getOut()
                        .println(name + "\t" + String.join(",", roles)));
                return ExitCode.OK;
            } catch (ServerProblem e) {
                throw new CommandFailure(String.valueOf(e.getMessage()), e);
            }
        }
    }
}
