package io.sluice.infra.sample;

import io.sluice.ingest.source.SourceOption;
import io.sluice.sinks.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the sample into the raw topics at a rate, in a thread of its own, until it is closed.
 *
 * <p>While Kafka is away it waits and goes on; what it could not send is not made up for.
 */
public final class SampleFeeder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SampleFeeder.class);
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final SampleTraffic traffic;
    private final Topics topics;
    private final Producer<byte[], byte[]> producer;
    private final int rate;
    private final Thread thread;
    private volatile boolean open = true;

    private SampleFeeder(SampleTraffic traffic, Topics topics, Producer<byte[], byte[]> producer, int rate) {
        this.traffic = traffic;
        this.topics = topics;
        this.producer = producer;
        this.rate = rate;
        this.thread = new Thread(this::feed, "sample-feeder");
        thread.setDaemon(true);
    }

    /**
     * Begins to feed.
     *
     * @param login client properties of the sender
     * @param rate records a second
     */
    public static SampleFeeder start(Map<String, String> login, Topics topics, long seed, int rate, Clock clock) {
        Map<String, Object> properties = new HashMap<>(login);
        properties.put("linger.ms", "20");
        properties.put("compression.type", "lz4");
        properties.put("max.block.ms", "5000");
        properties.put("client.id", "sample-feeder");
        SampleFeeder feeder = new SampleFeeder(
                new SampleTraffic(seed, clock::millis),
                topics,
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()),
                rate);
        feeder.thread.start();
        return feeder;
    }

    private void feed() {
        long slice = System.nanoTime();
        double due = 0;
        while (open) {
            long now = System.nanoTime();
            // After a hold-up the rate stays what it was: nothing is made up for.
            due += Math.min(now - slice, 4 * SLICE_NANOS) * (double) rate / TimeUnit.SECONDS.toNanos(1);
            slice = now;
            for (; due >= 1 && open; due--) {
                send(traffic.next());
            }
            LockSupport.parkNanos(SLICE_NANOS);
        }
    }

    private void send(SampleRecord sample) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(sample.source().topic(topics), sample.value());
        record.headers().add(SourceOption.DATASET.header(), sample.dataset().getBytes(StandardCharsets.US_ASCII));
        record.headers().add(SourceOption.FORMAT.header(), format(sample).getBytes(StandardCharsets.US_ASCII));
        try {
            producer.send(record);
        } catch (KafkaException e) {
            // The message of the exception may name what was sent.
            LOG.warn("a record of the sample was not sent: {}", e.getClass().getSimpleName());
        }
    }

    private static String format(SampleRecord sample) {
        return switch (sample.source()) {
            case ACCESS_LOG -> "combined";
            case USAGE_EVENT -> "usage";
            case APP_LOG -> "text";
        };
    }

    @Override
    public void close() {
        open = false;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(6));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(java.time.Duration.ofSeconds(2));
    }
}
