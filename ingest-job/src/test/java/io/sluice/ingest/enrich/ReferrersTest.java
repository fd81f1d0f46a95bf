package io.sluice.ingest.enrich;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferrersTest {
    private static final Referrers REFERRERS = new Referrers(ReferrerHosts.load(List.of("example.com")));

    private static String classOf(String referrer) {
        return classOf(referrer, "/");
    }

    private static String classOf(String referrer, String url) {
        Event event = new Event()
                .set(Fields.URL_ORIGINAL, url)
                .set(Fields.USER_AGENT, "Mozilla/5.0")
                .set(Fields.HTTP_REFERRER, referrer);
        REFERRERS.enrich(event);
        return String.valueOf(event.text(Fields.HTTP_REFERRER_CLASS));
    }

    @Test
    void hostsHaveTheirClass() {
        assertEquals("search", classOf("https://www.google.com/search?q=x"));
        assertEquals("search", classOf("https://www.google.co.uk/"));
        assertEquals("search", classOf("https://WWW.GOOGLE.CA:443/url"));
        assertEquals("search", classOf("https://ca.search.yahoo.com/search;_ylt=1"));
        assertEquals("social", classOf("https://m.facebook.com/l.php?u=x"));
        assertEquals("social", classOf("http://t.co/abc"));
        assertEquals("email", classOf("https://mail.google.com/mail/u/0"));
        assertEquals("email", classOf("android-app://com.google.android.gm/"));
        assertEquals("email", classOf("https://webmail1.example.net/read"));
        assertEquals("ai", classOf("https://chatgpt.com/"));
        assertEquals("ai", classOf("https://gemini.google.com/app"));
        assertEquals("paid", classOf("https://googleads.g.doubleclick.net/pagead"));
        assertEquals("referral", classOf("https://support.google.com/"));
        assertEquals("referral", classOf("https://blog.example.org/post"));
        assertEquals("referral", classOf("https://google.evil.example/"));
        assertEquals("referral", classOf("https://notfacebook.com/"));
        assertEquals("referral", classOf("about:blank"));
    }

    @Test
    void ownHostsAreInternal() {
        assertEquals("internal", classOf("https://example.com/a"));
        assertEquals("internal", classOf("https://app.example.com/a"));
        assertEquals("referral", classOf("https://notexample.com/a"));
        assertEquals("internal", classOf("https://other.example.net/a", "https://other.example.net/b"));
    }

    @Test
    void campaignsGoFirst() {
        assertEquals("paid", classOf("https://www.google.com/", "/?gclid=x"));
        assertEquals("paid", classOf("-", "/a?b=1&utm_medium=CPC&x=1"));
        assertEquals("email", classOf("-", "/a?utm_source=x&utm_medium=email"));
        assertEquals("social", classOf("-", "/a?utm_medium=social"));
        assertEquals("search", classOf("https://www.google.com/", "/a?utm_medium=organic"));
        assertEquals("direct", classOf("-", "/a?xgclid=1"));
        assertEquals("direct", classOf("-", "/gclid=1"));
    }

    @Test
    void directIsSaidOnlyWhereAReferrerWouldShow() {
        assertEquals("direct", classOf("-"));
        Event common = new Event().set(Fields.URL_ORIGINAL, "/");
        REFERRERS.enrich(common);
        assertNull(common.get(Fields.HTTP_REFERRER_CLASS));
        Event none = new Event();
        REFERRERS.enrich(none);
        assertNull(none.get(Fields.HTTP_REFERRER_CLASS));
    }

    @Test
    void aSiteIsTheHostAlone() {
        assertEquals("example.com", Referrers.site("https://jane:pw@Example.com:8443/a?b#c"));
        assertEquals("example.com", Referrers.site("https://example.com."));
        assertEquals("example.com", Referrers.site("https://example.com?q=a@b/c"));
        assertEquals("[2001:db8::1]", Referrers.site("http://[2001:db8::1]:80/"));
        assertEquals("[2001:db8::1", Referrers.site("http://[2001:db8::1/"));
        assertNull(Referrers.site("/a/b"));
        assertNull(Referrers.site("://x"));
        assertNull(Referrers.site("http://"));
        assertNull(Referrers.site("http://:80/"));
        assertNull(Referrers.site("mailto:jane@example.com"));
    }
}
