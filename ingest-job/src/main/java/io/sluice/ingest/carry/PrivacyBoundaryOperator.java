package io.sluice.ingest.carry;

import io.sluice.ingest.boundary.Position;
import io.sluice.ingest.boundary.RawRecord;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.source.PartitionBegins;
import io.sluice.ingest.source.RawTopicRecord;
import io.sluice.ingest.source.SourceElement;
import io.sluice.ingest.source.SourceRules;
import io.sluice.keys.KeyStoreFailure;
import io.sluice.keys.KeyUnavailable;
import io.sluice.schema.SealedBlock;
import io.sluice.sinks.topics.Topics;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.apache.kafka.common.TopicPartition;

/**
 * Carries the privacy boundary: hands it each raw record and passes on what came of it, with the account.
 *
 * <p>Guarantees: one balance entry per partition and checkpoint, in the same transactions as the events, whose offsets
 * continue exactly where the last committed one ended; nothing of a record leaves unless the boundary finished it; a
 * record on which the boundary fails is sealed whole and quarantined; no exception out of here holds a value of a
 * record. Does not guarantee: that the boundary is right; that is the boundary's own part.
 *
 * <p>An operator and not a function, because the account must leave before each barrier. Must be chained to its source;
 * the type of its input refuses anything else.
 */
public final class PrivacyBoundaryOperator extends AbstractStreamOperator<TopicRecord>
        implements OneInputStreamOperator<SourceElement, TopicRecord>, SourceElement.Receiver {
    private static final long serialVersionUID = 1;
    private static final String TOPIC_IDS = "topic-ids";

    private final OpenBoundary.Opener opener;
    private final String topicsPrefix;
    private final List<String> routes;
    private final SourceRules rules;
    private final OutputTag<SenderEvent> senderTag;
    private final OutputTag<SealedBlock> sealedTag;

    private transient OpenBoundary boundary;
    private transient RecordOutcomes outcomes;
    private transient Queue<SealedBlock> sealed;
    private transient BalanceWriting balance;
    private transient Topics topics;
    private transient Map<TopicPartition, PartitionAccount> accounts;
    private transient Map<String, String> topicIds;
    private transient ListState<Tuple2<String, String>> topicIdState;
    private transient RouteMeters meters;

    /**
     * @param routes the routes of which every entry of the balance has a count
     * @param senderTag side output of the events whose sender gave them an id; they count as released only behind
     *     {@link RetryFilterOperator}
     * @param sealedTag side output of the sealed blocks
     */
    @SuppressWarnings("NullAway.Init")
    public PrivacyBoundaryOperator(
            OpenBoundary.Opener opener,
            Topics topics,
            List<String> routes,
            SourceRules rules,
            OutputTag<SenderEvent> senderTag,
            OutputTag<SealedBlock> sealedTag) {
        this.opener = opener;
        this.topicsPrefix = topics.prefix();
        this.routes = List.copyOf(routes);
        this.rules = rules;
        this.senderTag = senderTag;
        this.sealedTag = sealedTag;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        topicIds = new TreeMap<>();
        // Union: whichever subtask gets a partition after a restore knows the id of its topic.
        topicIdState = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>(TOPIC_IDS, Types.TUPLE(Types.STRING, Types.STRING)));
        for (Tuple2<String, String> known : topicIdState.get()) {
            topicIds.put(known.f0, known.f1);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        topics = new Topics(topicsPrefix);
        sealed = new ArrayDeque<>();
        balance = new BalanceWriting(topics);
        accounts = new HashMap<>();
        meters = new RouteMeters(getMetricGroup(), routes);
        boundary = opener.open(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(), sealed::add);
    }

    @Override
    public void processElement(StreamRecord<SourceElement> element) throws Exception {
        element.getValue().to(this);
    }

    @Override
    public void begins(PartitionBegins partition) {
        String known = topicIds.putIfAbsent(partition.topic(), partition.topicId());
        if (known != null && !known.equals(partition.topicId())) {
            throw new SuppressRestartsException(new BoundaryFault("the topic " + partition.topic()
                    + " is another one than the checkpoint knows (id " + partition.topicId() + ", not " + known
                    + "): it was re-created, and its offsets mean nothing to this checkpoint; start with an empty"
                    + " checkpoint folder to read the new topic from its beginning"));
        }
        PartitionAccount account = new PartitionAccount(
                new RawPartition(partition.topic(), partition.topicId(), partition.partition()),
                routes,
                partition.from());
        account.lostUntil(partition.first());
        meters.lost(partition.lost());
        accounts.put(new TopicPartition(partition.topic(), partition.partition()), account);
    }

    @Override
    public void record(RawTopicRecord record) {
        PartitionAccount account = accounts.get(new TopicPartition(record.topic(), record.partition()));
        if (account == null || record.offset() < account.to()) {
            throw new BoundaryFault("the offsets of " + record.topic() + "-" + record.partition()
                    + " do not continue where they were: its log became shorter");
        }
        RawRecord raw = record.raw(account.partition().topicId(), rules.of(record.topic(), record.headers()));
        if (outcomes == null) {
            outcomes = new RecordOutcomes(topics, raw, account.partition());
        }
        outcomes.begin(raw, account.partition());
        process(raw, account);
        outcomes.seal(boundary.takeSealed());
        account.add(record.offset(), outcomes);
        meters.add(outcomes);
        outcomes.records().forEach(this::send);
        outcomes.withSenderKey().forEach(this::send);
        sendSealed();
        boundary.shadow(raw, account.shadow());
    }

    private void process(RawRecord raw, PartitionAccount account) {
        try {
            boundary.process(raw, outcomes);
        } catch (KeyUnavailable | KeyStoreFailure e) {
            throw fault("keys are not to be had", e);
        } catch (RuntimeException | StackOverflowError e) {
            // The boundary catches its own; what comes through is a fault of this program. Nothing of it is shown.
            LOG.error(
                    "the boundary failed on a record and quarantines it: {}",
                    e.getClass().getSimpleName());
            quarantineWhole(raw, account);
        }
    }

    private void quarantineWhole(RawRecord raw, PartitionAccount account) {
        outcomes.begin(raw, account.partition());
        Position whole = new Position(0, 0, 1, 0);
        routes.forEach(route -> outcomes.quarantined(route, whole, Reason.INTERNAL));
        try {
            boundary.sealWhole(raw);
        } catch (RuntimeException e) {
            throw fault("a record cannot be sealed", e);
        }
    }

    private static BoundaryFault fault(String what, RuntimeException e) {
        return new BoundaryFault(what + " (" + e.getClass().getSimpleName() + "); nothing of it is passed on, and the"
                + " task tries again");
    }

    private void send(TopicRecord record) {
        output.collect(new StreamRecord<>(record, record.timestamp()));
    }

    private void send(SenderEvent event) {
        output.collect(senderTag, new StreamRecord<>(event, event.record().timestamp()));
    }

    private void sendSealed() {
        for (SealedBlock block = sealed.poll(); block != null; block = sealed.poll()) {
            output.collect(sealedTag, new StreamRecord<>(block));
        }
    }

    /** The account of this checkpoint goes out before its barrier, and so into its transactions. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        endBlocks();
        long now = getProcessingTimeService().getCurrentProcessingTime();
        for (PartitionAccount account : accounts.values()) {
            if (!account.isEmpty()) {
                send(balance.record(account.close(checkpointId), now));
            }
        }
    }

    private void endBlocks() {
        try {
            boundary.endBlocks();
        } catch (RuntimeException e) {
            throw fault("a block cannot be sealed", e);
        }
        sendSealed();
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        topicIdState.clear();
        for (Map.Entry<String, String> known : topicIds.entrySet()) {
            topicIdState.add(Tuple2.of(known.getKey(), known.getValue()));
        }
    }

    @Override
    public void close() throws Exception {
        if (boundary != null) {
            boundary.close();
        }
        super.close();
    }
}
