package io.sluice.console;

import io.sluice.keys.ServerKeyStore;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's care for the keys of one installation: buckets made ahead of use, keys destroyed when their time is over.
 *
 * <p>Guarantees: both were done once before it is open. Does not guarantee: that a key whose time is over is gone while
 * no server runs; the key store does not hand it out, though.
 */
final class KeyCare implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final Logger LOG = LoggerFactory.getLogger(KeyCare.class);

    private final ServerKeyStore keys;
    private final Rounds rounds;

    private KeyCare(ServerKeyStore keys) {
        this.keys = keys;
        this.rounds = Rounds.begin("key-care", this::care, EVERY, EVERY);
    }

    /** Cares once, and then every few minutes until it is closed. */
    static KeyCare begin(ServerKeyStore keys) {
        keys.makeAhead();
        keys.expire();
        return new KeyCare(keys);
    }

    private void care() {
        keys.makeAhead();
        keys.expire().forEach(name -> LOG.info("The key {} was destroyed, for its time is over", name));
    }

    @Override
    public void close() {
        rounds.close();
    }
}
