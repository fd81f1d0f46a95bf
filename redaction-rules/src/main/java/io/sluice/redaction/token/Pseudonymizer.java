package io.sluice.redaction.token;

import io.sluice.keys.EpochKey;
import io.sluice.keys.KeyStore;
import io.sluice.keys.KeyedHash;
import io.sluice.redaction.consent.Purpose;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes pseudonyms: {@code tok_<type>_<epoch>_<22 base64url>_<6 check>}.
 *
 * <p>Guarantees: equal type, purpose, epoch and canonical value give the equal token on every machine; tokens of two
 * purposes or two epochs cannot be joined without the keys; a token cannot be made or altered without the key and pass
 * {@link #isGenuine}. Does not guarantee: anonymity. A token is a pseudonym, and whoever holds the key can test guesses.
 *
 * <p>Not thread-safe: one per task. Tokens are cached by value, {@value #CACHE} for each key, each slot holding the value
 * last seen there, so that the cache is bounded and needs no bookkeeping.
 */
public final class Pseudonymizer {
    private static final int CACHE = 8192;
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private final KeyStore keys;
    private final Map<String, Slot> byPurpose = new HashMap<>();
    private long visitorDay = Long.MIN_VALUE;
    private @Nullable VisitorKey visitorKey;

    public Pseudonymizer(KeyStore keys) {
        this.keys = keys;
    }

    /** A purpose's key for the day it was last asked for. */
    private record Slot(long day, @Nullable TokenKey key) {}

    /**
     * The token of a value.
     *
     * @param type what the value is, such as {@code ip}; lower-case letters
     * @param canonical the value in its one form
     * @param receivedAt receive time of its record, milliseconds since 1970
     * @return null if the key of that time's epoch has been destroyed: then nothing may stand in its place
     */
    public @Nullable String token(String type, Purpose purpose, String canonical, long receivedAt) {
        TokenKey key = keyOf(purpose, receivedAt);
        return key == null ? null : key.token(type, canonical);
    }

    /**
     * The token of a visitor without user id or cookie, under the key of the receive day.
     *
     * @param agent the user agent; empty if there is none
     * @return null if that day's key has been destroyed
     */
    public @Nullable String visitorOfDay(String dataset, String address, String agent, long receivedAt) {
        long day = Math.floorDiv(receivedAt, TimeUnit.DAYS.toMillis(1));
        if (day != visitorDay) {
            LocalDate date = LocalDate.ofEpochDay(day);
            visitorKey = keys.visitorDay(date)
                    .map(hash -> new VisitorKey(new TokenKey(DAY.format(date), "visitor-day", hash)))
                    .orElse(null);
            visitorDay = day;
        }
        return visitorKey == null ? null : visitorKey.visitor(dataset, address, agent);
    }

    /** Whether a token was made under this installation's key of the purpose and time. */
    public boolean isGenuine(String token, Purpose purpose, long receivedAt) {
        TokenKey key = keyOf(purpose, receivedAt);
        return key != null && key.isGenuine(token);
    }

    private @Nullable TokenKey keyOf(Purpose purpose, long receivedAt) {
        long day = Math.floorDiv(receivedAt, TimeUnit.DAYS.toMillis(1));
        Slot slot = byPurpose.get(purpose.name());
        if (slot == null || slot.day() != day) {
            EpochKey epoch = keys.tokens(purpose.name(), Instant.ofEpochMilli(receivedAt))
                    .orElse(null);
            TokenKey old = slot == null ? null : slot.key();
            TokenKey key = epoch == null
                    ? null
                    : old != null && old.epoch.equals(epoch.epoch())
                            ? old
                            : new TokenKey(epoch.epoch(), purpose.name(), epoch.key());
            slot = new Slot(day, key);
            byPurpose.put(purpose.name(), slot);
        }
        return slot.key();
    }

    /** The key of one purpose and epoch with its cache. */
    private static final class TokenKey {
        private final String epoch;
        private final String purpose;
        private final KeyedHash hash;
        private final KeyedHash check;
        private final @Nullable String[] values = new String[CACHE];
        private final @Nullable String[] types = new String[CACHE];
        private final @Nullable String[] tokens = new String[CACHE];

        TokenKey(String epoch, String purpose, KeyedHash key) {
            this.epoch = epoch;
            this.purpose = purpose;
            this.hash = key.fork();
            this.check = key.derive("token-check");
        }

        String token(String type, String canonical) {
            int slot = (canonical.hashCode() * 31 + type.hashCode()) & (CACHE - 1);
            String known = tokens[slot];
            if (known != null && canonical.equals(values[slot]) && type.equals(types[slot])) {
                return known;
            }
            byte[] mac = hash.hash((type + '\0' + purpose + '\0' + canonical).getBytes(StandardCharsets.UTF_8));
            String body = "tok_" + type + "_" + epoch + "_" + Base64Url.encode(mac, 16);
            String token = body + "_" + checkOf(body);
            values[slot] = canonical;
            types[slot] = type;
            tokens[slot] = token;
            return token;
        }

        boolean isGenuine(String token) {
            int end = token.length() - 7;
            return end > 0
                    && token.charAt(end) == '_'
                    && token.substring(end + 1).equals(checkOf(token.substring(0, end)));
        }

        private String checkOf(String body) {
            return Base64Url.encode(check.hash(body), 5).substring(0, 6);
        }
    }

    /** The key of one day's visitors; its cache goes by the parts, for putting them together costs as much as a line. */
    private static final class VisitorKey {
        private final TokenKey key;
        private final @Nullable Known[] slots = new Known[CACHE];

        VisitorKey(TokenKey key) {
            this.key = key;
        }

        private record Known(String dataset, String address, String agent, String token) {
            boolean is(String dataset, String address, String agent) {
                return this.address.equals(address) && this.agent.equals(agent) && this.dataset.equals(dataset);
            }
        }

        String visitor(String dataset, String address, String agent) {
            int slot = (address.hashCode() * 31 + agent.hashCode()) & (CACHE - 1);
            Known known = slots[slot];
            if (known == null || !known.is(dataset, address, agent)) {
                String token = key.token("visitor", dataset + '\0' + address + '\0' + agent);
                known = new Known(dataset, address, agent, token);
                slots[slot] = known;
            }
            return known.token;
        }
    }
}
