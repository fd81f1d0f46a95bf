package io.sluice.ingest.source;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The Kafka source over the raw topics, which hands out nothing while the {@link Hold} is closed.
 *
 * <p>Guarantees: while it holds back, checkpoints go on; before the first record of each partition comes a
 * {@link PartitionBegins} that counts what expired unread, exactly once over all restarts.
 */
public final class HoldingSource
        implements Source<SourceElement, KafkaPartitionSplit, KafkaSourceEnumState>,
                ResultTypeQueryable<SourceElement> {
    private static final long serialVersionUID = 1;

    private final KafkaSource<SourceElement> source;
    private final Hold.Opener hold;
    private final TopicFacts.Opener facts;

    /**
     * Wraps a source.
     *
     * @param source reads with {@link RawTopicReading} from {@link UnreadOffsets}
     */
    public HoldingSource(KafkaSource<SourceElement> source, Hold.Opener hold, TopicFacts.Opener facts) {
        this.source = source;
        this.hold = hold;
        this.facts = facts;
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SourceReader<SourceElement, KafkaPartitionSplit> createReader(SourceReaderContext context) throws Exception {
        return new HoldingReader(
                source.createReader(context),
                hold.open(context.getIndexOfSubtask(), context.currentParallelism()),
                facts.open());
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        return source.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state) throws IOException {
        return source.restoreEnumerator(context, state);
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return source.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return source.getEnumeratorCheckpointSerializer();
    }

    @Override
    public TypeInformation<SourceElement> getProducedType() {
        return source.getProducedType();
    }
}
