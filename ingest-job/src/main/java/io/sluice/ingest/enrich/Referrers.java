package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Classes where a visitor came from: search, social, email, paid, ai, internal, referral (any other site) or direct.
 *
 * <p>What the page's own address says of a campaign ({@code utm_medium}, click ids of advertisers) goes before the
 * referrer's host ({@code referrer-hosts.txt}). Direct is said only of a page that came with a user agent and without a
 * referrer, for then its source would have had one. Read-only, safe to use from several threads.
 */
public final class Referrers {
    private static final Value INTERNAL = new Value.Text("internal");
    private static final Value REFERRAL = new Value.Text("referral");
    private static final Value DIRECT = new Value.Text("direct");
    private static final Value PAID = new Value.Text("paid");
    private static final Value EMAIL = new Value.Text("email");
    private static final Value SOCIAL = new Value.Text("social");
    private static final List<String> CLICK_IDS = List.of("gclid=", "gbraid=", "wbraid=", "msclkid=", "dclid=");
    private static final String MEDIUM = "utm_medium=";

    private final Map<String, Value> hosts;
    private final List<String> ownHosts;

    private Referrers(Map<String, Value> hosts, List<String> ownHosts) {
        this.hosts = hosts;
        this.ownHosts = ownHosts;
    }

    /** @param ownHosts hosts of the services themselves, lower case */
    static Referrers load(List<String> ownHosts) {
        Map<String, Value> classes = new HashMap<>();
        Map<String, Value> hosts = new HashMap<>();
        for (String line : DataLines.read("referrer-hosts.txt")) {
            int space = line.indexOf(' ');
            hosts.put(line.substring(space + 1), classes.computeIfAbsent(line.substring(0, space), Value.Text::new));
        }
        return new Referrers(hosts, ownHosts);
    }

    void enrich(Event event) {
        String url = event.text(Fields.URL_ORIGINAL);
        String referrer = event.text(Fields.HTTP_REFERRER);
        if (referrer != null) {
            Value campaign = url == null ? null : campaign(url);
            event.set(Fields.HTTP_REFERRER_CLASS, campaign == null ? classOf(referrer, ownHost(event, url)) : campaign);
        } else if (url != null && event.has(Fields.USER_AGENT)) {
            Value campaign = campaign(url);
            event.set(Fields.HTTP_REFERRER_CLASS, campaign == null ? DIRECT : campaign);
        }
    }

    /** The host of an address with a scheme, lower case, without port and user; null if it has none. */
    public static @Nullable String site(String url) {
        int scheme = url.indexOf("://");
        if (scheme <= 0) {
            return null;
        }
        int from = scheme + 3;
        int to = from;
        while (to < url.length() && "/?#\\".indexOf(url.charAt(to)) < 0) {
            to++;
        }
        int user = url.lastIndexOf('@', to - 1);
        from = user >= from ? user + 1 : from;
        int port = url.indexOf(':', from);
        if (from < to && url.charAt(from) == '[') {
            int close = url.indexOf(']', from);
            port = close < 0 ? -1 : url.indexOf(':', close);
        }
        to = port >= 0 && port < to ? port : to;
        to = to > from && url.charAt(to - 1) == '.' ? to - 1 : to;
        return to == from ? null : url.substring(from, to).toLowerCase(Locale.ROOT);
    }

    private static @Nullable String ownHost(Event event, @Nullable String url) {
        String domain = event.text(Fields.URL_DOMAIN);
        if (domain != null) {
            return domain.toLowerCase(Locale.ROOT);
        }
        return url == null || url.startsWith("/") ? null : site(url);
    }

    private Value classOf(String referrer, @Nullable String ownHost) {
        String host = site(referrer);
        if (host == null) {
            return REFERRAL;
        }
        if (host.equals(ownHost) || isOwn(host)) {
            return INTERNAL;
        }
        // The most specific entry counts: mail.google.com before google.*
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
        Value found = hosts.get(host);
        int last = host.lastIndexOf('.');
        if (found != null || last <= 0) {
            return found;
        }
        found = hosts.get(host.substring(0, last) + ".*");
        int second = host.lastIndexOf('.', last - 1);
        // Two labels of country, such as co.uk, but not any domain's name.
        return found == null && second > 0 && last - second <= 4 && host.length() - last == 3
                ? hosts.get(host.substring(0, second) + ".*")
                : found;
    }

    private static @Nullable Value campaign(String url) {
        int query = url.indexOf('?');
        if (query < 0) {
            return null;
        }
        int medium = parameter(url, query, MEDIUM);
        if (medium >= 0) {
            Value found = medium(url, medium);
            if (found != null) {
                return found;
            }
        }
        for (String id : CLICK_IDS) {
            if (parameter(url, query, id) >= 0) {
                return PAID;
            }
        }
        return null;
    }

    private static @Nullable Value medium(String url, int from) {
        int end = url.indexOf('&', from);
        String medium = url.substring(from, end < 0 ? url.length() : end).toLowerCase(Locale.ROOT);
        if (medium.startsWith("paid") || medium.startsWith("cp") || medium.equals("ppc") || medium.equals("display")) {
            return PAID;
        }
        if (medium.equals("email") || medium.equals("e-mail") || medium.equals("newsletter")) {
            return EMAIL;
        }
        return medium.startsWith("social") ? SOCIAL : null;
    }

    /** Where the value of a parameter begins, or -1. */
    private static int parameter(String url, int query, String name) {
        for (int at = url.indexOf(name, query); at > 0; at = url.indexOf(name, at + 1)) {
            char before = url.charAt(at - 1);
            if (before == '?' || before == '&') {
                return at + name.length();
            }
        }
        return -1;
    }
}
