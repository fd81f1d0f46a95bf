package io.sluice.ingest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job in this process, with Flink's pages on loopback.
 *
 * <p>Goes on from the newest complete checkpoint of the same job, whatever ended it. Thread-safe.
 */
public final class JobRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
    private static final Duration LAST_CHECKPOINT = Duration.ofSeconds(15);
    private static final Duration END = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final MiniCluster cluster;
    private final JobID job;
    private final URI pages;
    private final CompletableFuture<JobResult> result;
    private final TaskManagerWatch watch;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private JobRun(MiniCluster cluster, JobID job, URI pages, CompletableFuture<JobResult> result) {
        this.cluster = cluster;
        this.job = job;
        this.pages = pages;
        this.result = result;
        this.watch = new TaskManagerWatch(cluster, LOOK);
    }

    /**
     * Runs a job until it is told to stop by a signal: SIGTERM and SIGINT take a last checkpoint and end it.
     *
     * @throws JobFailed if it does not start, or ends by itself
     */
    public static void run(IngestConfig config) throws JobFailed, InterruptedException {
        try (JobRun run = start(config)) {
            Thread hook = new Thread(run::close, "sluice-stop");
            Runtime.getRuntime().addShutdownHook(hook);
            LOG.info("the {} job runs; its pages are at {}", config.job().label(), run.pages());
            run.await();
        }
    }

    /**
     * Starts a job and comes back when Flink has taken it.
     *
     * @throws JobFailed if something it needs is missing or wrong
     */
    public static JobRun start(IngestConfig config) throws JobFailed, InterruptedException {
        Preparation.prepare(config);
        Configuration settings = FlinkSettings.ofProcess(config);
        JobID job = FlinkSettings.jobId(config);
        JobGraph graph =
                Jobs.assemble(config, settings).getStreamGraph().getJobGraph(JobRun.class.getClassLoader(), job);
        graph.setSavepointRestoreSettings(restoring(config, job));
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(config.parallelism())
                .build());
        try {
            cluster.start();
            URI pages = cluster.getRestAddress().get(END.toSeconds(), TimeUnit.SECONDS);
            cluster.submitJob(graph).get(END.toSeconds() * 4, TimeUnit.SECONDS);
            return new JobRun(cluster, job, pages, cluster.requestJobResult(job));
        } catch (InterruptedException e) {
            cluster.closeAsync();
            throw e;
        } catch (Exception e) {
            cluster.closeAsync();
            throw new JobFailed("the " + config.job().label() + " job does not start: " + why(config, e), e);
        }
    }

    private static String why(IngestConfig config, Exception e) {
        return Faults.isTakenPort(e)
                ? "its pages cannot listen on port " + config.webPort() + " (address already in use): stop the program"
                        + " that listens there, or choose another in web.port"
                : Faults.sentence(e);
    }

    private static SavepointRestoreSettings restoring(IngestConfig config, JobID job) throws JobFailed {
        Path root = config.stores().checkpoints();
        try {
            Files.createDirectories(root);
            Checkpoints.deleteAll(FlinkSettings.temporary(config));
            Files.createDirectories(FlinkSettings.temporary(config));
            Checkpoints checkpoints = new Checkpoints(root, job);
            Optional<Path> newest = checkpoints.newest();
            if (newest.isEmpty()) {
                return SavepointRestoreSettings.none();
            }
            checkpoints.keepOnly(newest.get());
            LOG.info("going on from {}", newest.get());
            return SavepointRestoreSettings.forPath(newest.get().toUri().toString(), false, RecoveryClaimMode.CLAIM);
        } catch (IOException e) {
            throw new JobFailed(
                    "the checkpoint folder " + root + " cannot be used; look at its rights and the space left", e);
        }
    }

    /** Where Flink's pages are. */
    public URI pages() {
        return pages;
    }

    /**
     * Waits until the job ends.
     *
     * @throws JobFailed if nobody had told it to
     */
    public void await() throws JobFailed, InterruptedException {
        try {
            CompletableFuture.anyOf(result, watch.lost()).get();
            if (!stopped.get() && !result.isDone()) {
                throw new JobFailed("Flink ended the task manager, for a task failed while it was cleaning up; the next"
                        + " start goes on from the newest complete checkpoint");
            }
            JobResult ended = result.get();
            if (!stopped.get()) {
                Throwable fault = ended.getSerializedThrowable()
                        .map(thrown -> thrown.deserializeError(JobRun.class.getClassLoader()))
                        .orElse(null);
                throw new JobFailed(fault == null ? "the job ended by itself" : Faults.sentence(fault));
            }
        } catch (ExecutionException e) {
            if (!stopped.get()) {
                throw new JobFailed("the job ended: " + Faults.sentence(e), e);
            }
        }
    }

    /** Takes a last checkpoint if one is to be had soon, and ends the job; the next start goes on from there. */
    @Override
    public void close() {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        watch.close();
        if (!result.isDone() && !watch.lost().isDone()) {
            wait("a last checkpoint", cluster.triggerCheckpoint(job, CheckpointType.CONFIGURED), LAST_CHECKPOINT);
            wait("the end of the job", cluster.cancelJob(job).thenCompose(unused -> result), END);
        }
        wait("the end of Flink", cluster.closeAsync(), END);
    }

    private static void wait(String what, CompletableFuture<?> done, Duration patience) {
        try {
            done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("{} did not come; the next start goes on from the newest complete checkpoint", what);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
