package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that send visitors, each with its class ({@code referrer-hosts.txt}), and the hosts of the services
 * themselves. Read-only, safe to use from several threads.
 */
final class ReferrerHosts {
    private static final Value INTERNAL = new Value.Text("internal");
    private static final Value REFERRAL = new Value.Text("referral");
    private static final Value EMAIL = new Value.Text("email");

    private final Map<String, Value> classes;
    private final List<String> ownHosts;

    private ReferrerHosts(Map<String, Value> classes, List<String> ownHosts) {
        this.classes = classes;
        this.ownHosts = ownHosts;
    }

    /** @param ownHosts hosts of the services themselves, lower case */
    static ReferrerHosts load(List<String> ownHosts) {
        Map<String, Value> values = new HashMap<>();
        Map<String, Value> classes = new HashMap<>();
        for (String line : DataLines.read("referrer-hosts.txt")) {
            int space = line.indexOf(' ');
            classes.put(line.substring(space + 1), values.computeIfAbsent(line.substring(0, space), Value.Text::new));
        }
        return new ReferrerHosts(classes, ownHosts);
    }

    /** The class of a host, in lower case; the most specific entry counts, mail.google.com before google.* */
    Value classOf(String host) {
        if (isOwn(host)) {
            return INTERNAL;
        }
        for (String name = host; name != null; name = parent(name)) {
            Value found = lookUp(name);
            if (found != null) {
                return found;
            }
        }
        return host.startsWith("webmail") || host.startsWith("mail.") ? EMAIL : REFERRAL;
    }

    private static @Nullable String parent(String host) {
        int dot = host.indexOf('.');
        return dot < 0 ? null : host.substring(dot + 1);
    }

    private boolean isOwn(String host) {
        for (String own : ownHosts) {
            if (host.endsWith(own)
                    && (host.length() == own.length() || host.charAt(host.length() - own.length() - 1) == '.')) {
                return true;
            }
        }
        return false;
    }

    /** By the name itself, or by {@code name.*} for one that a company has under many countries. */
    private @Nullable Value lookUp(String host) {
        Value found = classes.get(host);
        int last = host.lastIndexOf('.');
        if (found != null || last <= 0) {
            return found;
        }
        found = classes.get(host.substring(0, last) + ".*");
        int second = host.lastIndexOf('.', last - 1);
        // Two labels of country, such as co.uk, but not any domain's name.
        return found == null && second > 0 && last - second <= 4 && host.length() - last == 3
                ? classes.get(host.substring(0, second) + ".*")
                : found;
    }
}
