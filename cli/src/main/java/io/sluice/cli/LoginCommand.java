package io.sluice.cli;

import io.sluice.console.client.Logins;
import io.sluice.console.client.ServerClient;
import io.sluice.console.client.ServerProblem;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code login}: to a server elsewhere, for the verbs that ask one. */
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = "Logs in to a server, for the verbs that take --server. Asks for the password.",
        footer = {"", "Example:", "  sluice login --server https://sluice.example.com --account officer"})
final class LoginCommand implements Callable<Integer> {
    private final Surroundings here;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--server", paramLabel = "URL", required = true, description = "Address of the server.")
    String server = "";

    @Option(
            names = "--account",
            paramLabel = "NAME",
            description = "Account of the server (default: the name of this machine's user).")
    @Nullable
    String account;

    LoginCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        ServerFlags flags = new ServerFlags();
        flags.spec = spec;
        URI url = flags.url(server);
        String name = account == null ? here.environment().get("USER") : account;
        if (name == null || name.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "name the account with --account");
        }
        char[] password = Passwords.ask(here, "Password of " + name + " at " + url + ": ");
        try {
            Logins logins = Logins.ofUser(here.environment(), here.clock());
            List<String> roles = ServerClient.login(url, name, password, logins);
            here.err().println("Logged in as " + name + " (" + String.join(", ", roles) + ").");
            return ExitCode.OK;
        } catch (ServerProblem e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        } finally {
            Arrays.fill(password, ' ');
        }
    }
}
