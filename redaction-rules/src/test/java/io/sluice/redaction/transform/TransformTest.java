package io.sluice.redaction.transform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.keys.ThrowawayKeyStore;
import io.sluice.redaction.address.IpAddress;
import io.sluice.redaction.consent.Purpose;
import io.sluice.redaction.detect.Detectors;
import io.sluice.redaction.detect.TextScanner;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Value;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TransformTest {
    private final TransformContext context = context();

    private static TransformContext context() {
        TransformContext context =
                new TransformContext(new ThrowawayKeyStore(new SecureRandom()), TextScanner.of(Detectors.shipped()));
        context.enter(
                new Event(),
                "application",
                null,
                Instant.parse("2024-01-10T12:00:00Z").toEpochMilli());
        context.enter(new Purpose("security"));
        context.enter(FieldPath.of("field"));
        return context;
    }

    private @Nullable String text(Transform transform, String value) {
        Value result = transform.apply(new Value.Text(value), context);
        return result instanceof Value.Text text ? text.text() : null;
    }

    static List<Transform> all() {
        return List.of(
                new Keep(),
                new Listed(Set.of("a"), null),
                new NumberRange(0, 10),
                TimeTo.HOUR,
                new Mask(1, 1),
                new TruncateIp(24, 48),
                new Tokenize("ip"),
                new Encrypt(FieldPath.of("event.action"), Set.of("sign_up")),
                new Scan(),
                new Site(),
                new Language(),
                new PathTemplate(),
                new QueryParameters(),
                new Visitor(Set.of(), Set.of()));
    }

    /** Total: every transform takes every kind of value, and what it cannot handle is dropped or scanned. */
    @ParameterizedTest
    @MethodSource("all")
    void takesEveryKindOfValue(Transform transform) {
        for (Value value : List.of(
                new Value.Text("\ud800 x"),
                new Value.Whole(Long.MIN_VALUE),
                new Value.Decimal(Double.NaN),
                new Value.Flag(true),
                new Value.Moment(Long.MAX_VALUE / 2),
                new Value.Items(List.of(new Value.Text("jane@example.com"))),
                new Value.Members(Map.of("jane@example.com", new Value.Text("jane@example.com"))))) {
            Value result = transform.apply(value, context);
            assertTrue(result == null || !deep(result).contains("jane@example.com"), transform.label());
        }
    }

    private static String deep(Value value) {
        if (value instanceof Value.Text text) {
            return text.text();
        }
        if (value instanceof Value.Items items) {
            return items.items().stream().map(TransformTest::deep).toList().toString();
        }
        if (value instanceof Value.Members members) {
            StringBuilder all = new StringBuilder();
            members.members().forEach((name, member) -> all.append(name).append(deep(member)));
            return all.toString();
        }
        return "";
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77,            192.0.2.0",
        "192.0.2.77:8080,       192.0.2.0",
        "::ffff:192.0.2.77,     192.0.2.0",
        "[::ffff:c000:24d]:443, 192.0.2.0",
        "2001:db8:1:2:3:4:5:6,  2001:db8:1::",
        "[2001:db8:1:2::6]:443, 2001:db8:1::",
        "fe80::1%eth0,          fe80::",
        "2002:c000:24d::1,      ::",
        "2001:0:c000:24d::1,    ::",
        "64:ff9b::c000:24d,     ::",
        "::192.0.2.77,          ::",
    })
    void addressesAreCutAndHideWhatTheyEmbed(String address, String cut) {
        assertEquals(cut, text(new TruncateIp(24, 48), address));
    }

    @ParameterizedTest
    @CsvSource({"jane", "1.2.3", "1.2.3.4.5", "256.1.1.1", "2001:db8", ":::", "1:2:3:4:5:6:7:8:9", "12:34:56.789"})
    void whatIsNoAddressIsDropped(String text) {
        assertNull(text(new TruncateIp(24, 48), text));
    }

    /** Of spellings that are not the usual ones nothing is left that a reader could take for the low bits. */
    @ParameterizedTest
    @CsvSource({
        "3221226061",
        "0xC000024D",
        "0xC0.0x00.0x02.0x4D",
        "0300.0000.0002.0115",
        "192.589",
        "192.0.2.77.",
        "x192.0.2.77"
    })
    void unusualSpellingsAreDropped(String text) {
        assertNull(text(new TruncateIp(24, 48), text));
    }

    @Test
    void whateverTheAddressTheLowBitsAreZero() {
        Random random = new Random(5);
        TruncateIp truncate = new TruncateIp(20, 44);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[i % 2 == 0 ? 4 : 16];
            random.nextBytes(bytes);
            String address = bytes.length == 4 ? dotted(bytes) : groups(bytes);
            String cut = text(truncate, address);
            IpAddress parsed = IpAddress.parse(String.valueOf(cut));
            assertNotNull(parsed, address);
            BigInteger low = new BigInteger(1, parsed.bytes())
                    .and(BigInteger.ONE.shiftLeft(bytes.length == 4 ? 12 : 84).subtract(BigInteger.ONE));
            assertEquals(BigInteger.ZERO, low, address);
        }
    }

    private static String dotted(byte[] bytes) {
        return (bytes[0] & 255) + "." + (bytes[1] & 255) + "." + (bytes[2] & 255) + "." + (bytes[3] & 255);
    }

    private static String groups(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 16; i += 2) {
            text.append(i == 0 ? "" : ":").append(Integer.toHexString((bytes[i] & 255) << 8 | bytes[i + 1] & 255));
        }
        return text.toString();
    }

    @Test
    void tokensAreEqualForEqualValuesAndDifferByPurposeEpochAndType() {
        Transform token = new Tokenize("ip");
        String first = text(token, "192.0.2.7");
        assertTrue(String.valueOf(first).matches("tok_ip_2024q1_[\\w-]{22}_[\\w-]{6}"), first);
        assertEquals(first, text(token, "::ffff:192.0.2.7"));
        assertNotEquals(first, text(token, "192.0.2.8"));
        assertNotEquals(first, text(new Tokenize("user"), "192.0.2.7"));
        context.enter(new Purpose("analytics"));
        assertNotEquals(first, text(token, "192.0.2.7"));
        context.enter(new Purpose("security"));
        context.enter(
                new Event(),
                "application",
                null,
                Instant.parse("2024-06-10T12:00:00Z").toEpochMilli());
        assertTrue(String.valueOf(text(token, "192.0.2.7")).startsWith("tok_ip_2024q2_"));
    }

    @Test
    void encryptionIsForTheOperationsThatNeedIt() {
        Transform encrypt = new Encrypt(FieldPath.of("event.action"), Set.of("sign_up"));
        assertNull(text(encrypt, "jane@example.com"));
        Event signUp = new Event().set(FieldPath.of("event.action"), "sign_up");
        context.enter(signUp, "application", null, 0);
        assertTrue(String.valueOf(text(encrypt, "jane@example.com")).startsWith("enc_security_"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.example.co.uk/a?q=jane,   example.co.uk",
        "http://jane:pw@deep.sub.example.com/, example.com",
        "https://example.com:8443/x#jane,      example.com",
        "http://[2001:db8::1]/,                <ip>",
        "http://192.0.2.7/,                    <ip>",
        "android-app://com.example.app/,       example.app",
        "jane,                                 (other)",
        "http://localhost/,                    (other)",
        "http://ex_am!ple/,                    (other)",
    })
    void aSiteIsAllThatIsLeftOfAReferrer(String referrer, String site) {
        assertEquals(site, text(new Site(), referrer));
    }

    @ParameterizedTest
    @CsvSource({"jane doe,j******e", "jane,j**e", "abc,***", "a,*"})
    void maskKeepsTheEndsOfWhatIsLongEnough(String value, String masked) {
        assertEquals(masked, text(new Mask(1, 1), value));
    }

    @Test
    void aSecondScanChangesNothing() {
        String once = text(new Scan(), "mail jane@example.com from 192.0.2.7");
        assertEquals(once, text(new Scan(), String.valueOf(once)));
        assertEquals("mail <email> from <ip>", once);
    }
}
