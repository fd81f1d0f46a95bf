package io.sluice.sinks.elasticsearch;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobInfo;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.util.UserCodeClassLoader;

/**
 * The context of a writer with other timers.
 *
 * @param task the context that Flink gave
 * @param timers the timers
 */
record LingerContext(WriterInitContext task, ProcessingTimeService timers) implements WriterInitContext {
    @Override
    public ProcessingTimeService getProcessingTimeService() {
        return timers;
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return task.getUserCodeClassLoader();
    }

    @Override
    public MailboxExecutor getMailboxExecutor() {
        return task.getMailboxExecutor();
    }

    @Override
    public SinkWriterMetricGroup metricGroup() {
        return task.metricGroup();
    }

    @Override
    public SerializationSchema.InitializationContext asSerializationSchemaInitializationContext() {
        return task.asSerializationSchemaInitializationContext();
    }

    @Override
    public boolean isObjectReuseEnabled() {
        return task.isObjectReuseEnabled();
    }

    @Override
    public <InputT> TypeSerializer<InputT> createInputSerializer() {
        return task.createInputSerializer();
    }

    @Override
    public <MetaT> Optional<Consumer<MetaT>> metadataConsumer() {
        return task.metadataConsumer();
    }

    @Override
    public OptionalLong getRestoredCheckpointId() {
        return task.getRestoredCheckpointId();
    }

    @Override
    public JobInfo getJobInfo() {
        return task.getJobInfo();
    }

    @Override
    public TaskInfo getTaskInfo() {
        return task.getTaskInfo();
    }
}
