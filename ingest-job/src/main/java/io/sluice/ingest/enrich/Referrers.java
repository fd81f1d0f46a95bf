package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.RecentTexts;
import io.sluice.redaction.event.Value;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Classes where a visitor came from: search, social, email, paid, ai, internal, referral (any other site) or direct.
 *
 * <p>What the page's own address says of a campaign ({@code utm_medium}, click ids of advertisers) goes before the
 * referrer's host ({@link ReferrerHosts}). Direct is said only of a page that came with a user agent and without a
 * referrer, for then its source would have had one. One task's own: it keeps the
 * classes of the referrers and sites that it saw last.
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

    private final ReferrerHosts hosts;
    private final RecentTexts<Visited> known = new RecentTexts<>();
    private final RecentTexts<Value> classes = new RecentTexts<>();

    /** The site of a referrer, null if it has none, and the class of that. */
    private record Visited(@Nullable String site, Value its) {}

    Referrers(ReferrerHosts hosts) {
        this.hosts = hosts;
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
        while (to < url.length() && !endsAuthority(url.charAt(to))) {
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

    private static boolean endsAuthority(char c) {
        return c == '/' || c == '?' || c == '#' || c == '\\';
    }

    private static @Nullable String ownHost(Event event, @Nullable String url) {
        String domain = event.text(Fields.URL_DOMAIN);
        if (domain != null) {
            return domain.toLowerCase(Locale.ROOT);
        }
        return url == null || url.startsWith("/") ? null : site(url);
    }

    private Value classOf(String referrer, @Nullable String ownHost) {
        Visited visited = known.get(referrer);
        if (visited == null) {
            String site = site(referrer);
            visited = new Visited(site, site == null ? REFERRAL : classOf(site));
            known.put(referrer, visited);
        }
        return ownHost != null && ownHost.equals(visited.site()) ? INTERNAL : visited.its();
    }

    private Value classOf(String site) {
        Value found = classes.get(site);
        if (found == null) {
            found = hosts.classOf(site);
            classes.put(site, found);
        }
        return found;
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
