package io.sluice.sinks.elasticsearch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.apache.flink.connector.base.sink.writer.Batch;
import org.apache.flink.connector.base.sink.writer.BatchCreator;
import org.apache.flink.connector.base.sink.writer.RequestBuffer;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.connector.base.sink.writer.strategy.RequestInfo;
import org.jspecify.annotations.Nullable;

/**
 * The documents that wait, bounded in number and bytes, and the bulks made of them.
 *
 * <p>{@code AsyncSinkWriter} sends what has waited long enough in a timer of its own, {@code while (!isEmpty())}, and
 * waits inside it while the gate is closed; no barrier passes then, although the buffer may be almost empty. So while
 * that timer runs, a buffer of which nothing may be sent says that it is empty ({@link #drain}).
 *
 * <p>Used by the task's own thread.
 */
final class HoldingBuffer implements RequestBuffer<IndexRequest>, BatchCreator<IndexRequest> {
    private final Deque<RequestEntryWrapper<IndexRequest>> waiting = new ArrayDeque<>();
    private final SinkSettings settings;
    private final HoldingGate gate;
    private long bytes;
    private boolean draining;

    HoldingBuffer(SinkSettings settings, HoldingGate gate) {
        this.settings = settings;
        this.gate = gate;
    }

    /** Something that sends until the buffer is empty. */
    interface Drain {
        void run() throws Exception;
    }

    /** Runs {@code drain}, which ends when nothing is left or nothing may be sent; it never waits. */
    void drain(Drain drain) throws Exception {
        draining = true;
        try {
            drain.run();
        } finally {
            draining = false;
        }
    }

    /** Whether documents wait, whatever the gate says. */
    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    @Override
    public boolean isEmpty() {
        return waiting.isEmpty() || (draining && gate.blocked());
    }

    /** The number of documents; a buffer that is full by its bytes says that it is full. */
    @Override
    public int size() {
        return bytes < settings.bufferedBytes()
                ? waiting.size()
                : Math.max(waiting.size(), settings.bufferedDocuments());
    }

    @Override
    public void add(RequestEntryWrapper<IndexRequest> entry, boolean prioritize) {
        if (prioritize) {
            waiting.addFirst(entry);
        } else {
            waiting.addLast(entry);
        }
        bytes += entry.getSize();
    }

    @Override
    public @Nullable RequestEntryWrapper<IndexRequest> poll() {
        RequestEntryWrapper<IndexRequest> entry = waiting.poll();
        if (entry != null) {
            bytes -= entry.getSize();
        }
        return entry;
    }

    @Override
    public @Nullable RequestEntryWrapper<IndexRequest> peek() {
        return waiting.peek();
    }

    @Override
    public Collection<RequestEntryWrapper<IndexRequest>> getBufferedState() {
        return new ArrayList<>(waiting);
    }

    @Override
    public long totalSizeInBytes() {
        return bytes;
    }

    /** The next bulk: at least one document, however large. */
    @Override
    public Batch<IndexRequest> createNextBatch(RequestInfo request, RequestBuffer<IndexRequest> buffer) {
        List<IndexRequest> bulk = new ArrayList<>(Math.min(request.getBatchSize(), waiting.size()));
        long size = 0;
        while (bulk.size() < request.getBatchSize()) {
            RequestEntryWrapper<IndexRequest> next = waiting.peek();
            if (next == null || (!bulk.isEmpty() && size + next.getSize() > settings.bulkBytes())) {
                break;
            }
            waiting.poll();
            bytes -= next.getSize();
            size += next.getSize();
            bulk.add(next.getRequestEntry());
        }
        return new Batch<>(bulk, size);
    }
}
