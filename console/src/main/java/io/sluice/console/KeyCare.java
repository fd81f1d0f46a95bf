package io.sluice.console;

import io.sluice.keys.KeyStoreFailure;
import io.sluice.keys.ServerKeyStore;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
    private final ScheduledExecutorService clockwork;

    private KeyCare(ServerKeyStore keys) {
        this.keys = keys;
        this.clockwork = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "key-care");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Cares once, and then every few minutes until it is closed. */
    static KeyCare begin(ServerKeyStore keys) {
        keys.makeAhead();
        keys.expire();
        KeyCare care = new KeyCare(keys);
        care.clockwork.scheduleWithFixedDelay(care::care, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
        return care;
    }

    private void care() {
        try {
            keys.makeAhead();
            keys.expire().forEach(name -> LOG.info("The key {} was destroyed, for its time is over", name));
        } catch (KeyStoreFailure e) {
            // An exception would end the clockwork for good.
            LOG.error("The keys cannot be cared for; trying again in {} minutes", EVERY.toMinutes(), e);
        }
    }

    @Override
    public void close() {
        clockwork.shutdownNow();
        try {
            if (!clockwork.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("The care for the keys did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
