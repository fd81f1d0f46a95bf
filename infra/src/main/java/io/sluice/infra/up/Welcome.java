package io.sluice.infra.up;

import io.sluice.console.accounts.Role;
import io.sluice.infra.elasticsearch.ElasticsearchRoles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a person is told when everything runs: what is where, the accounts, three things to try.
 *
 * <p>Passwords are shown on a terminal alone; what goes into a file or another program names their file.
 */
record Welcome(UpOptions options, UpFolder folder, PortBook ports, Passwords passwords, long boundaryJob) {
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Sluice runs.");
        lines.add("  usage page      http://127.0.0.1:" + ports.of(PortBook.Use.SERVER) + "/");
        lines.add("  collector       http://127.0.0.1:" + ports.of(PortBook.Use.COLLECTOR) + "/ (point trackers here)");
        lines.add("  boundary job    http://127.0.0.1:" + ports.of(PortBook.Use.BOUNDARY) + "/ (Flink's pages)");
        lines.add("  index job       http://127.0.0.1:" + ports.of(PortBook.Use.INDEX) + "/ (Flink's pages)");
        lines.add("  Elasticsearch   http://127.0.0.1:" + ports.of(PortBook.Use.ELASTICSEARCH) + "/");
        lines.add("  Kafka           127.0.0.1:" + ports.of(PortBook.Use.KAFKA));
        lines.add("  data and logs   " + folder.dir());
        lines.add("");
        lines.add("Accounts of the server: "
                + Arrays.stream(Role.values()).map(Role::label).collect(Collectors.joining(", ")));
        lines.add("  passwords       " + folder.file("passwords.json"));
        if (options.terminal()) {
            lines.add("  usage page      log in as analyst with " + passwords.of(Passwords.SERVER, "analyst"));
        }
        lines.add("");
        lines.addAll(things());
        return lines;
    }

    private List<String> things() {
        String dir = " --dir " + folder.dir();
        return List.of(
                "Three things to try, in another terminal:",
                options.sample()
                        ? "  1. Opt a visitor out and watch \"suppressed\" grow:"
                        : "  1. Opt a visitor out, send an event of it, and watch \"suppressed\" grow:",
                "     ./sluice optout add --user u10000 --wait" + dir,
                "  2. Send an e-mail in a query and look for it; nothing is found:",
                "     echo '192.0.2.7 - - [10/Jan/2024:12:00:00 +0000] \"GET /pricing?email=find-me@example.com HTTP/1.1\""
                        + " 200 512 \"-\" \"-\"' | ./sluice send -" + dir,
                "     curl -u " + ElasticsearchRoles.SECURITY + " 'http://127.0.0.1:"
                        + ports.of(PortBook.Use.ELASTICSEARCH) + "/security-events-*/_search?q=%22find-me%22'",
                "  3. Kill the boundary job with kill -9 and see it go on without loss:",
                "     kill -9 " + boundaryJob,
                "");
    }
}
