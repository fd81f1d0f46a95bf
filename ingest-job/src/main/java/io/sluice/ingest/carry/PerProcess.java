package io.sluice.ingest.carry;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Things that all tasks of a process share: the first who asks makes one, the last who leaves closes it.
 *
 * <p>To be held in a static field, the only static state allowed: Flink makes the parts of a task from bytes and gives
 * them nothing in common but the class. Thread-safe.
 *
 * @param <K> tells one from another
 * @param <V> the thing
 */
public final class PerProcess<K, V extends AutoCloseable> {
    private final Map<K, Shared<V>> all = new HashMap<>();
    private final Function<K, V> maker;

    private static final class Shared<V> {
        private final V thing;
        private int users;

        Shared(V thing) {
            this.thing = thing;
        }
    }

    public PerProcess(Function<K, V> maker) {
        this.maker = maker;
    }

    /**
     * The right to use a thing, until it is closed; closing it twice does nothing more.
     *
     * @param <V> the thing
     */
    public static final class Lease<V> implements AutoCloseable {
        private final V thing;
        private final Runnable release;
        private final AtomicBoolean released = new AtomicBoolean();

        private Lease(V thing, Runnable release) {
            this.thing = thing;
            this.release = release;
        }

        public V get() {
            return thing;
        }

        @Override
        public void close() {
            if (released.compareAndSet(false, true)) {
                release.run();
            }
        }
    }

    public Lease<V> lease(K key) {
        synchronized (all) {
            Shared<V> shared = all.get(key);
            if (shared == null) {
                shared = new Shared<>(maker.apply(key));
                all.put(key, shared);
            }
            shared.users++;
            return new Lease<>(shared.thing, () -> release(key));
        }
    }

    private void release(K key) {
        V last = null;
        synchronized (all) {
            Shared<V> shared = all.get(key);
            if (shared != null && --shared.users == 0) {
                all.remove(key);
                last = shared.thing;
            }
        }
        if (last != null) {
            close(last);
        }
    }

    private static void close(AutoCloseable thing) {
        try {
            thing.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("what a process shared could not be closed", e);
        }
    }
}
