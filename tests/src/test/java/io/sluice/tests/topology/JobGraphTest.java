package io.sluice.tests.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.ingest.BoundaryTopology;
import io.sluice.ingest.IndexTopology;
import io.sluice.ingest.IngestConfig;
import io.sluice.ingest.carry.SenderEvent;
import io.sluice.ingest.carry.TopicRecord;
import io.sluice.ingest.source.SourceElement;
import io.sluice.schema.SealedBlock;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.transformations.SideOutputTransformation;
import org.apache.flink.streaming.api.transformations.SinkTransformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plaintext has one task, and nothing leaves it but what is redacted or sealed. */
class JobGraphTest {
    private static final String BOUNDARY =
            """
            job: boundary
            parallelism: 2
            kafka: {bootstrap.servers: '127.0.0.1:1'}
            keys: {path: keys}
            vault: {path: vault}
            checkpoints: {path: checkpoints}
            """;
    private static final String INDEX =
            """
            job: index
            parallelism: 2
            kafka: {bootstrap.servers: '127.0.0.1:1'}
            elasticsearch: {urls: 'http://127.0.0.1:1'}
            subject-index: {path: subject-index}
            checkpoints: {path: checkpoints}
            """;

    @TempDir
    Path dir;

    @Test
    void sourceAndBoundaryAreOneVertex() throws Exception {
        assertEquals(List.of(), separations(boundary(new Configuration())));
    }

    @Test
    void aGraphWithoutChainsIsSeenToSeparateThem() throws Exception {
        Configuration broken = new Configuration();
        broken.set(PipelineOptions.OPERATOR_CHAINING, false);
        assertEquals(List.of("raw topics", "privacy boundary"), separations(boundary(broken)));
    }

    @Test
    void nothingLeavesTheBoundaryButRedactedOrSealed() throws Exception {
        StreamExecutionEnvironment environment = boundary(new Configuration());
        Set<String> leaving = new TreeSet<>();
        for (Transformation<?> step : all(environment)) {
            for (Transformation<?> input : step.getInputs()) {
                if (!input.getOutputType().getTypeClass().equals(SourceElement.class)) {
                    leaving.add(type(input.getOutputType()));
                }
            }
        }
        // The second is what the sinks hand to their committers: names of transactions and of files.
        leaving.removeIf(name -> name.equals("CommittableMessage"));
        assertEquals(
                Set.of(
                        TopicRecord.class.getSimpleName(),
                        SenderEvent.class.getSimpleName(),
                        SealedBlock.class.getSimpleName()),
                leaving);
    }

    @Test
    void onlyTheBoundaryTakesRawRecords() throws Exception {
        List<String> takers = new ArrayList<>();
        for (Transformation<?> step : all(boundary(new Configuration()))) {
            for (Transformation<?> input : step.getInputs()) {
                if (input.getOutputType().getTypeClass().equals(SourceElement.class)) {
                    takers.add(step.getName());
                }
            }
        }
        assertEquals(List.of("privacy boundary"), takers);
    }

    @Test
    void everyOperatorHasAName() throws Exception {
        for (StreamExecutionEnvironment environment : List.of(boundary(new Configuration()), index())) {
            StreamGraph graph = environment.getStreamGraph();
            for (StreamNode node : graph.getStreamNodes()) {
                assertFalse(
                        node.getTransformationUID() == null && node.getUserHash() == null,
                        () -> node.getOperatorName() + " has no uid");
            }
        }
    }

    @Test
    void noTypeIsLeftToKryo() throws Exception {
        for (StreamExecutionEnvironment environment : List.of(boundary(new Configuration()), index())) {
            environment.getConfig().getSerializerConfig();
            for (Transformation<?> step : all(environment)) {
                assertFalse(
                        step.getOutputType().getClass().getSimpleName().equals("GenericTypeInfo"),
                        () -> step.getName() + " puts out a generic type");
            }
        }
    }

    /** At a start a sink ends every open transaction whose id begins like its own, also one that another is to commit. */
    @Test
    void noSinkTakesTheTransactionsOfAnotherForItsOwn() throws Exception {
        List<String> prefixes = new ArrayList<>();
        for (Transformation<?> step : all(boundary(new Configuration()))) {
            if (step instanceof SinkTransformation<?, ?> sink && sink.getSink() instanceof KafkaSink<?> kafka) {
                Field prefix = KafkaSink.class.getDeclaredField("transactionalIdPrefix");
                prefix.setAccessible(true);
                prefixes.add((String) prefix.get(kafka));
            }
        }
        assertEquals(2, prefixes.size());
        assertFalse(prefixes.get(0).startsWith(prefixes.get(1)), prefixes.toString());
        assertFalse(prefixes.get(1).startsWith(prefixes.get(0)), prefixes.toString());
    }

    @Test
    void theIndexJobIsOnePathPerTopic() throws Exception {
        Set<String> sources = new TreeSet<>();
        StreamGraph graph = index().getStreamGraph();
        graph.getStreamNodes().stream()
                .filter(node -> node.getInEdges().isEmpty())
                .forEach(node -> sources.add(node.getOperatorName().replace("Source: ", "")));
        assertEquals(
                Set.of("clean.usage-events", "clean.security-events", "clean.operations-events", "subject-entries"),
                sources);
        assertTrue(graph.getJobGraph().getNumberOfVertices() >= 4);
    }

    private static String type(TypeInformation<?> type) {
        return type.getTypeClass().getSimpleName();
    }

    /** The names of the vertices that hold only a part of source and boundary. */
    private static List<String> separations(StreamExecutionEnvironment environment) {
        List<String> parts = new ArrayList<>();
        for (JobVertex vertex :
                environment.getStreamGraph().getJobGraph().getVerticesSortedTopologicallyFromSources()) {
            String name = vertex.getName();
            if (name.contains("raw topics") != name.contains("privacy boundary")) {
                parts.add(name.contains("raw topics") ? "raw topics" : "privacy boundary");
            }
        }
        return parts;
    }

    private static List<Transformation<?>> all(StreamExecutionEnvironment environment) {
        List<Transformation<?>> all = new ArrayList<>();
        for (Transformation<?> step : environment.getTransformations()) {
            step.getTransitivePredecessors().forEach(each -> {
                if (!all.contains(each) && !(each instanceof SideOutputTransformation)) {
                    all.add(each);
                }
            });
        }
        return all;
    }

    private StreamExecutionEnvironment boundary(Configuration settings) throws Exception {
        StreamExecutionEnvironment environment = environment(settings);
        BoundaryTopology.build(environment, config(BOUNDARY), "an-attempt");
        return environment;
    }

    private StreamExecutionEnvironment index() throws Exception {
        StreamExecutionEnvironment environment = environment(new Configuration());
        IndexTopology.build(environment, config(INDEX));
        return environment;
    }

    private static StreamExecutionEnvironment environment(Configuration settings) {
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        environment.setParallelism(2);
        return environment;
    }

    private IngestConfig config(String text) throws Exception {
        return IngestConfig.read(Files.writeString(dir.resolve("sluice.yaml"), text), Map.of());
    }
}
