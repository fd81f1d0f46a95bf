package io.sluice.tests.streamed;

import io.sluice.sinks.topics.Topics;
import io.sluice.tests.stack.RunningSluice;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Numbered records of invented visitors, sent at a steady rate by a thread of its own; remembers where each came to
 * stand. Three of four are usage events, the others access lines; each bears an address, an e-mail and a client's name of
 * its own, which contain {@link #CANARY}; one of a hundred is of a visitor who opts out. The events have ids; one of twenty
 * records is its sender's retry of an earlier one.
 */
final class SteadyLoad {
    /** Stands in what must not leave. */
    static final String CANARY = "canary";

    /** How many visitors opt out. */
    static final int LEAVERS = 10;

    private static final int ONE_IN = 100;
    private static final int RETRY_IN = 20;
    private static final int RETRY = 5;
    private static final int RETRY_SPREAD = 50;
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String name;
    private final int perSecond;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicReference<@Nullable Exception> fault = new AtomicReference<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private final RecordMetadata[] places;

    private SteadyLoad(KafkaProducer<byte[], byte[]> producer, String name, int records, int perSecond) {
        this.name = name;
        this.producer = producer;
        this.perSecond = perSecond;
        this.places = new RecordMetadata[records];
    }

    /**
     * Begins to send.
     *
     * @param name its visitors who opt out are those of no load with another name
     */
    static SteadyLoad start(RunningSluice sluice, String name, int records, int perSecond) throws Exception {
        SteadyLoad load = new SteadyLoad(sluice.sender(), name, records, perSecond);
        Thread thread = new Thread(load::run, "steady-load");
        thread.setDaemon(true);
        thread.start();
        return load;
    }

    private void run() {
        try (producer) {
            long start = System.nanoTime();
            for (int number = 0; number < places.length; number++) {
                while ((System.nanoTime() - start) / 1e9 * perSecond < number) {
                    LockSupport.parkNanos(SLICE_NANOS);
                }
                send(number);
            }
        } catch (RuntimeException e) {
            fault.compareAndSet(null, e);
        } finally {
            done.countDown();
        }
    }

    private void send(int number) {
        Topics topics = RunningSluice.TOPICS;
        boolean line = isLine(number);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                line ? topics.rawAccessLogs() : topics.rawUsageEvents(),
                (line ? line(number) : event(number)).getBytes(StandardCharsets.UTF_8));
        record.headers().add("sluice-format", (line ? "combined" : "usage").getBytes(StandardCharsets.US_ASCII));
        producer.send(record, (place, failed) -> {
            if (failed != null) {
                fault.compareAndSet(null, failed);
            } else {
                places[number] = place;
                sent.incrementAndGet();
            }
        });
    }

    private static boolean isLine(int number) {
        return number % 4 == 3;
    }

    private String event(int number) {
        return ("{'type':'page_view','id':'" + name + original(number)
                        + "','timestamp':'2024-01-10T12:00:00Z','user':{'id':'" + user(number)
                        + "','email':'" + CANARY + number + "@example.com'},'context':{'ip':'" + address(number)
                        + "'},'page':{'url':'https://app.ottomatiq.example/clients/" + CANARY + "-name-" + number
                        + "/invoices/17?email=" + CANARY + number + "%40example.com','title':'" + CANARY + " " + number
                        + "'}}")
                .replace('\'', '"');
    }

    /** The first that was sent of those with the id of this one: itself, if it is no retry. */
    static int original(int number) {
        if (number % RETRY_IN != RETRY) {
            return number;
        }
        // An event, and of nobody who leaves; some shortly before, some long.
        int original = number - 3 - number / RETRY_IN % RETRY_SPREAD * RETRY_IN;
        return original < 0 ? number : original;
    }

    private static String line(int number) {
        return address(number) + " - - [10/Jan/2024:12:00:00 +0000] \"GET /clients/" + CANARY + number + "/notes?q="
                + CANARY + number + "@example.com HTTP/1.1\" 200 512 \"-\" \"-\"";
    }

    private static String address(int number) {
        return "198.51.100." + number % 256;
    }

    private String user(int number) {
        return number % ONE_IN == 0 ? leaver(name, leaverOf(number)) : "u" + number % 990;
    }

    /** The id of a visitor who opts out; {@code which} from 0 to below {@link #LEAVERS}. */
    static String leaver(String load, int which) {
        return load + "-leaver-" + which;
    }

    /** Which of them sent a record; -1: none of them. */
    static int leaverOf(int number) {
        return number % ONE_IN == 0 ? number / ONE_IN % LEAVERS : -1;
    }

    int records() {
        return places.length;
    }

    /** How many are acknowledged by now. */
    int sent() {
        Exception failed = fault.get();
        if (failed != null) {
            throw new AssertionError("the load was not taken", failed);
        }
        return sent.get();
    }

    boolean isDone() {
        return done.getCount() == 0;
    }

    /** Waits until all are acknowledged. */
    void awaitEnd() throws InterruptedException {
        done.await();
        if (sent() != places.length) {
            throw new AssertionError("only " + sent() + " of " + places.length + " records were taken");
        }
    }

    /** Where a record stands, and when the broker received it. */
    RecordMetadata place(int number) {
        return places[number];
    }
}
