package io.sluice.redaction.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs are read as browsers read them; what nobody can read gives no host. */
class UrlPartsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://www.example.com/a/b?c=d#e | www.example.com | /a/b | c=d",
                "https://jane:secret@example.com:8443/a | example.com | /a |",
                "https://jane@x:y@example.com/ | example.com | / |",
                "HTTPS:\\\\Example.COM\\a\\b | example.com | /a/b |",
                "http:/example.com/a | example.com | /a |",
                "http:example.com | example.com | / |",
                "http:////example.com/a | example.com | /a |",
                "http://example.com?q=1 | example.com | / | q=1",
                "http://example.com/a/../b/./c/%2E%2e/d | example.com | /b/d |",
                "http://example.com/a/.. | example.com | / |",
                "http://example.com/jane doe/\u00E9 | example.com | /jane%20doe/%C3%A9 |",
                "http://example.com/?q='x y' | example.com | / | q=%27x%20y%27",
                "http://%65xample.com/ | example.com | / |",
                "http://\uFF45xample\u3002com/ | example.com | / |",
                "http://b\u00FCcher.example/ | xn--bcher-kva.example | / |",
                "http://0xC0.0.02.07/ | 192.0.2.7 | / |",
                "http://3221225991/ | 192.0.2.7 | / |",
                "http://192.0.519/ | 192.0.2.7 | / |",
                "http://[2001:DB8:0::1]:80/ | [2001:db8::1] | / |",
                "/a?b=c#d | | /a | b=c",
                "/a/../clients/jane | | /clients/jane |",
                "//example.com/a | | //example.com/a |",
                "android-app://com.example.app/x?y | com.example.app | /x | y",
            })
    void readsAsBrowsersDo(String url, String host, String path, String query) {
        UrlParts parts = UrlParts.of(unescaped(url));
        assertEquals(host, parts.host());
        assertEquals(path, parts.path());
        assertEquals(query, parts.query());
        assertTrue(parts.valid());
    }

    private static String unescaped(String url) {
        return url.replace("\\\\", "\\");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "http://jane@",
                "http://exa mple.com/",
                "http://exa<mple.com/",
                "http://example.com:80a/",
                "http://example.com:99999/",
                "http://1.2.3.256/",
                "http://1.2.3.4.5/",
                "http://0x.1.1.999/",
                "http://[::1",
                "http://[fe80::1%25eth0]/",
                "http://[1.2.3.4]/",
                "http://a%00b/",
                "a/b",
                "?q=1",
                "jane",
                "https://xn--/",
                "http://stra\u00DFe.example/"
            })
    void flagsWhatABrowserRefusesOrWhatHasNoBase(String url) {
        UrlParts parts = UrlParts.of(url);
        assertFalse(parts.valid(), url);
        assertNull(parts.host(), url);
    }

    @Test
    void tabsAndLineEndsHideNothing() {
        UrlParts parts = UrlParts.of(" ht\ttp://exam\nple.com/a\r/b ");
        assertEquals("example.com", parts.host());
        assertEquals("/a/b", parts.path());
    }

    @Test
    void theRawPathIsWhatStandsInTheText() {
        assertEquals(
                "/x/../clients/Jane Doe",
                UrlParts.of("/x/../clients/Jane Doe?a").rawPath());
        assertEquals(
                "/clients/7", UrlParts.of("https://a@example.com/clients/7#x").rawPath());
    }

    @Test
    void aPlainOriginSaysTheHostOfAllThatBeginsWithIt() {
        assertEquals(-1, UrlParts.plainOrigin("https://"));
        assertEquals(-1, UrlParts.plainOrigin("https:///example.com/"), "browsers skip the third slash");
        assertEquals(-1, UrlParts.plainOrigin("https://example.com@192.0.2.1/"));
        assertEquals(-1, UrlParts.plainOrigin("https://exam\tple.com/"));
        assertEquals(19, UrlParts.plainOrigin("https://example.com"));
        Random random = new Random(12);
        String alphabet = "ab0x7.-/\\?#@:%2e \t\u00E9\uFF0EE";
        int plain = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder url = new StringBuilder(i % 2 == 0 ? "http://" : "https://");
            for (int k = random.nextInt(12); k >= 0; k--) {
                // Mostly what hosts are made of, so that many have one.
                url.append(alphabet.charAt(random.nextInt(k > 3 ? 8 : alphabet.length())));
            }
            String text = url.toString();
            int origin = UrlParts.plainOrigin(text);
            if (origin >= 0) {
                plain++;
                assertEquals(
                        UrlParts.of(text).host(),
                        UrlParts.of(text.substring(0, origin)).host(),
                        text);
            }
        }
        assertTrue(plain > 10_000, plain + " have a plain origin");
    }

    @Test
    void neverThrows() {
        Random random = new Random(11);
        String alphabet = "htps:/\\?#@[].%20eExX0127\u00E9\uD800\uFF0E\u3002-_ \t";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder url = new StringBuilder(i % 3 == 0 ? "http://" : "");
            for (int k = random.nextInt(20); k >= 0; k--) {
                url.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            UrlParts parts = UrlParts.of(url.toString());
            // What was written as browsers write it stays as it is, and holds no dot segment.
            UrlParts again = UrlParts.of(parts.path());
            if (parts.valid() && again.query() == null && !parts.path().contains("#")) {
                assertEquals(parts.path(), again.path(), url.toString());
            }
        }
    }
}
