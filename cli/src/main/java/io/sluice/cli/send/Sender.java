package io.sluice.cli.send;

import io.sluice.ingest.offline.Input;
import io.sluice.ingest.offline.OfflineRun;
import io.sluice.ingest.offline.Piece;
import io.sluice.ingest.offline.Pieces;
import io.sluice.ingest.offline.UnreadableInput;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.ingest.source.SourceOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Ships files into a raw topic: the pieces that offline reading makes, one Kafka record each, without a key.
 *
 * <p>Guarantees: a record counts as sent when all replicas have it; the client's own retries make no duplicates. Does not
 * guarantee: that a second run over the same file is recognised as one. {@link #stop()} may be called from any thread,
 * all else from one.
 */
public final class Sender implements Outlet, AutoCloseable {
    private static final Duration CLOSE = Duration.ofSeconds(10);
    /** Longer than any outage: what waits for Kafka stays in the client, and is not given up as possibly delivered. */
    private static final String NO_END = Integer.toString(Integer.MAX_VALUE);
    /** A piece of 256 KiB, or one line of nearly 2 MiB; the brokers take no more. */
    private static final int LARGEST_RECORD = 2 * 1024 * 1024;

    private static final Receipt NOBODY = new Receipt() {
        @Override
        public void acknowledged() {}

        @Override
        public void givenBack() {}
    };

    private final SendTarget target;
    private final String topic;
    private final Patience patience;
    private final List<Header> headers;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> fault = new AtomicReference<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong cutShort = new AtomicLong();

    /**
     * What has been acknowledged.
     *
     * @param cutShort lines above the limit for records, of which the beginning was sent
     */
    public record Sent(String topic, long lines, long records, long bytes, long cutShort) {}

    /** What happens while Kafka does not answer. */
    public enum Patience {
        /** Sending fails after about two minutes. */
        SOME,
        /** Sending waits. */
        NO_END
    }

    private Sender(
            SendTarget target,
            String topic,
            Patience patience,
            List<Header> headers,
            KafkaProducer<byte[], byte[]> producer) {
        this.target = target;
        this.topic = topic;
        this.patience = patience;
        this.headers = headers;
        this.producer = producer;
    }

    /**
     * Connects, and asks for the topic.
     *
     * @param given the options that travel with each record
     * @param patience whether sending ends while Kafka does not answer; connecting does in either case
     */
    public static Sender open(SendTarget target, String topic, Map<SourceOption, String> given, Patience patience)
            throws SendProblem {
        Map<String, Object> properties = new HashMap<>(target.client());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(LARGEST_RECORD));
        properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "20");
        properties.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(Pieces.MAX_BYTES));
        properties.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, "20000");
        properties.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "sluice-send");
        if (patience == Patience.NO_END) {
            properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, NO_END);
            // Forgotten, the topic would have to be asked for again, and handing over would wait for that.
            properties.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, NO_END);
            properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "10000");
        }
        List<Header> headers = new ArrayList<>();
        given.forEach((option, value) ->
                headers.add(new RecordHeader(option.header(), value.getBytes(StandardCharsets.UTF_8))));
        KafkaProducer<byte[], byte[]> producer;
        try {
            producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw new SendProblem("the Kafka client refuses its properties; look at them: " + reason(e), e);
        }
        Sender sender = new Sender(target, topic, patience, headers, producer);
        try {
            producer.partitionsFor(topic);
            return sender;
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw sender.problem(e);
        }
    }

    /** The cause that says what to look at; a client wraps it. */
    private static String reason(KafkaException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }

    /**
     * Sends all files, until {@link #stop()}; waits until everything is acknowledged.
     *
     * @return whether every file was read to its end
     * @throws SendProblem if a record could not be delivered
     */
    public boolean send(
            List<String> files,
            Path folder,
            InputStream standardInput,
            SourceOptions options,
            OfflineRun.Listener listener)
            throws SendProblem {
        boolean complete = true;
        for (String file : files) {
            try (Input input = Input.open(file, folder, standardInput)) {
                Pieces pieces = new Pieces(input.stream(), options);
                for (Piece piece = pieces.next(); piece != null && !stopped.get(); piece = pieces.next()) {
                    send(piece);
                    listener.read(file, input.bytesRead(), input.size());
                }
            } catch (UnreadableInput e) {
                complete = false;
                listener.unreadable(e);
            } catch (IOException e) {
                complete = false;
                listener.unreadable(UnreadableInput.of(file, e));
            }
        }
        try {
            producer.flush();
        } catch (KafkaException e) {
            throw problem(e);
        }
        check();
        return complete && !stopped.get();
    }

    private void send(Piece piece) throws SendProblem {
        send(piece, NOBODY);
    }

    @Override
    public void send(Piece piece, Receipt receipt) throws SendProblem {
        check();
        byte[] value = piece.value().copy();
        try {
            producer.send(
                    new ProducerRecord<>(topic, null, null, null, value, headers),
                    (metadata, failed) -> answered(piece, value.length, receipt, failed));
        } catch (KafkaException e) {
            throw problem(e);
        }
    }

    private void answered(Piece piece, int length, Receipt receipt, @Nullable Exception failed) {
        if (failed == null) {
            lines.addAndGet(piece.lines());
            records.incrementAndGet();
            bytes.addAndGet(length);
            cutShort.addAndGet(piece.cutShort() ? 1 : 0);
            receipt.acknowledged();
            return;
        }
        if (patience == Patience.SOME || !(failed instanceof RetriableException)) {
            fault.compareAndSet(null, failed);
        }
        receipt.givenBack();
    }

    /** Complains if something that was handed over can never be delivered. */
    public void check() throws SendProblem {
        Exception failed = fault.get();
        if (failed != null) {
            throw problem(failed);
        }
    }

    private SendProblem problem(Exception e) {
        String where = "Kafka at " + target.address();
        if (e instanceof AuthenticationException) {
            return new SendProblem(where + " refuses the login; look at user and password", e);
        } else if (e instanceof AuthorizationException) {
            return new SendProblem(
                    where + " does not allow writing to " + topic + "; ask for the right to write it", e);
        } else if (e instanceof TimeoutException) {
            return new SendProblem(
                    where + " does not answer for topic " + topic + "; look whether it runs and has the topic", e);
        }
        return new SendProblem(
                where + " did not take a record for " + topic + " ("
                        + e.getClass().getSimpleName() + "); try again, and look at the broker if it stays so",
                e);
    }

    /** Ends sending after the piece at hand; what was handed to Kafka is still waited for. */
    public void stop() {
        stopped.set(true);
    }

    /** What has been acknowledged so far. */
    public Sent sent() {
        return new Sent(topic, lines.get(), records.get(), bytes.get(), cutShort.get());
    }

    /** Gives up what is not yet acknowledged: at once where sending would wait without end, else after some time. */
    @Override
    public void close() {
        producer.close(patience == Patience.NO_END ? Duration.ZERO : CLOSE);
    }
}
