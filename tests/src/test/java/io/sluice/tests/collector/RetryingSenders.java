package io.sluice.tests.collector;

import io.sluice.tests.stack.RunningSluice;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Senders as trackers are: each sends its events one after the other, with ids, and each again until it is acknowledged.
 * Every event has an invented user of its own.
 */
final class RetryingSenders implements AutoCloseable {
    private static final long PAUSE_MILLIS = 50;
    private static final long WAITING_NANOS = 500_000_000;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final RunningSluice sluice;
    private final String run = UUID.randomUUID().toString();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger sentAgain = new AtomicInteger();
    /** When each sender's request began; 0 while it has none. */
    private final AtomicLongArray begun;

    private final List<Thread> threads = new ArrayList<>();

    private RetryingSenders(RunningSluice sluice, int senders) {
        this.sluice = sluice;
        this.begun = new AtomicLongArray(senders);
    }

    static RetryingSenders begin(RunningSluice sluice, int senders, int events) {
        RetryingSenders all = new RetryingSenders(sluice, senders);
        for (int i = 0; i < senders; i++) {
            int sender = i;
            Thread thread = new Thread(() -> all.send(sender, senders, events), "sender-" + i);
            thread.setDaemon(true);
            all.threads.add(thread);
            thread.start();
        }
        return all;
    }

    /** Events that were acknowledged. */
    int acknowledged() {
        return acknowledged.get();
    }

    /** Requests that were sent once more. */
    int sentAgain() {
        return sentAgain.get();
    }

    /** Whether each sender waits for an answer, for half a second already. */
    boolean allWait() {
        long now = System.nanoTime();
        for (int i = 0; i < begun.length(); i++) {
            long since = begun.get(i);
            if (since == 0 || now - since < WAITING_NANOS) {
                return false;
            }
        }
        return true;
    }

    private void send(int sender, int senders, int events) {
        try {
            for (int event = sender; event < events; event += senders) {
                while (!isAcknowledged(sender, event)) {
                    sentAgain.incrementAndGet();
                    Thread.sleep(PAUSE_MILLIS);
                }
                acknowledged.incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAcknowledged(int sender, int event) throws InterruptedException {
        String id = run + "-" + event;
        begun.set(sender, System.nanoTime());
        try {
            // Where it listens may change with a new start.
            HttpRequest request = HttpRequest.newBuilder(sluice.collector().resolve("/v1/events"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"type\":\"login\",\"id\":\"" + id + "\",\"user\":{\"id\":\"u-" + id + "\"}}"))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (IOException e) {
            return false;
        } finally {
            begun.set(sender, 0);
        }
    }

    @Override
    public void close() throws InterruptedException {
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
