package io.sluice.cli;

import io.sluice.console.accounts.Role;
import io.sluice.console.client.InstallationFolder;
import io.sluice.console.client.Logins;
import io.sluice.console.client.ServerClient;
import io.sluice.console.client.ServerProblem;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server a verb asks. */
final class ServerFlags {
    @Spec(Spec.Target.MIXEE)
    CommandSpec spec = CommandSpec.create();

    @Mixin
    DirFlag dir = new DirFlag();

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Server to ask, after `sluice login` (default: the one of --dir, with its password file).")
    @Nullable
    String server;

    /** The server; for a folder, with the account that is named like the role. */
    ServerClient client(Surroundings here, Role role) throws ServerProblem {
        return server == null
                ? ServerClient.of(new InstallationFolder(dir.path(here)), role)
                : ServerClient.of(url(server), Logins.ofUser(here.environment(), here.clock()));
    }

    /** The address, checked. */
    URI url(String text) {
        try {
            URI url = new URI(text);
            if (url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new ParameterException(
                spec.commandLine(), "--server takes an address such as http://127.0.0.1:8480, not " + text);
    }
}
