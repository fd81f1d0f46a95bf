package io.sluice.redaction.transform;

import io.sluice.redaction.address.IpAddress;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.url.UrlParts;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the site of a URL: path, query, user information, port and deeper subdomains go.
 *
 * <p>A site is the last two labels of the host, or three where the last two are a public suffix of the usual form
 * ({@code co.uk}). A host that is an address becomes {@code <ip>}; one in which anything personal is found, or that is no
 * host name, becomes {@code (other)}.
 */
public record Site() implements Transform {
    private static final Set<String> SECOND_LEVEL = Set.of(
            "ac", "co", "com", "edu", "gob", "gouv", "gov", "gv", "ltd", "me", "ne", "net", "nhs", "or", "org", "plc");

    private static final String OTHER = "(other)";

    @Override
    public @Nullable Value apply(Value value, TransformContext context) {
        if (!(value instanceof Value.Text text)) {
            return null;
        }
        Value known = context.sites().get(text.text());
        if (known == null) {
            known = ofOrigin(text.text(), context);
            context.sites().put(text.text(), known);
        }
        return known;
    }

    /** Of the addresses on one host all are that host's: a visitor's way through a site is a new address each time. */
    private static Value ofOrigin(String url, TransformContext context) {
        int end = UrlParts.plainOrigin(url);
        String origin = end < 0 ? url : url.substring(0, end);
        Value known = context.origins().get(origin);
        if (known == null) {
            known = new Value.Text(site(origin, context));
            context.origins().put(origin, known);
        }
        return known;
    }

    private static String site(String url, TransformContext context) {
        String host = UrlParts.of(url).host();
        if (host == null) {
            return OTHER;
        }
        if (IpAddress.parse(host) != null) {
            return "<ip>";
        }
        String site = siteOf(host);
        return site == null || !context.scanner().scan(site).isEmpty() ? OTHER : site;
    }

    /** The site of a host name, or null if it is none. */
    public static @Nullable String siteOf(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (!isHostName(name)) {
            return null;
        }
        int last = name.lastIndexOf('.');
        if (last <= 0) {
            return null;
        }
        int second = name.lastIndexOf('.', last - 1);
        boolean country = name.length() - last - 1 == 2;
        if (second > 0 && country && SECOND_LEVEL.contains(name.substring(second + 1, last))) {
            second = name.lastIndexOf('.', second - 1);
        }
        return name.substring(second + 1);
    }

    private static boolean isHostName(String name) {
        if (name.isEmpty() || name.length() > 253) {
            return false;
        }
        boolean letter = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphabetic = c >= 'a' && c <= 'z';
            letter |= alphabetic;
            if (!alphabetic && !(c >= '0' && c <= '9') && c != '-' && c != '.') {
                return false;
            }
        }
        return letter && name.charAt(0) != '.' && !name.contains("..");
    }

    @Override
    public String label() {
        return "site";
    }
}
