package io.sluice.console.accounts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions of one running server.
 *
 * <p>Guarantees: a token is 256 random bits and is held by its owner alone, the server keeps its SHA-256; a session
 * ends twelve hours after its login, at its logout and with the server. Does not guarantee: that a stolen token is
 * told from its owner's.
 *
 * <p>Thread-safe; in memory, so that a restart ends every session.
 */
public final class Sessions {
    /** How long a session lasts: a working day. */
    public static final Duration LIFETIME = Duration.ofHours(12);

    private static final int TOKEN_BYTES = 32;
    private static final int MOST = 10_000;

    private final Map<String, Session> byHash = new ConcurrentHashMap<>();
    private final SecureRandom random;
    private final Clock clock;

    public Sessions(SecureRandom random, Clock clock) {
        this.random = random;
        this.clock = clock;
    }

    /**
     * A token and what it opens.
     *
     * @param token handed to the client once, 43 characters of base64url
     * @param session what it opens
     */
    public record Opened(String token, Session session) {
        @Override
        public String toString() {
            return "Opened[" + session.account() + "]";
        }
    }

    /** Begins a session of an account that has just shown its password. */
    public Opened open(Account account) {
        Instant now = clock.instant();
        byHash.values().removeIf(session -> !now.isBefore(session.expires()));
        if (byHash.size() >= MOST) {
            // Only a program that logs in over and over without ever logging out gets here.
            byHash.entrySet().stream()
                    .min(Map.Entry.comparingByValue((a, b) -> a.expires().compareTo(b.expires())))
                    .ifPresent(oldest -> byHash.remove(oldest.getKey()));
        }
        String token = fresh();
        Session session = new Session(account.name(), account.roles(), fresh(), now.plus(LIFETIME));
        byHash.put(hash(token), session);
        return new Opened(token, session);
    }

    /** The session that a token opens. */
    public Optional<Session> find(String token) {
        Session session = byHash.get(hash(token));
        if (session == null || !clock.instant().isBefore(session.expires())) {
            return Optional.empty();
        }
        return Optional.of(session);
    }

    /** Ends the session of a token, if there is one. */
    public void close(String token) {
        byHash.remove(hash(token));
    }

    private String fresh() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hash(String token) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }
}
