package io.sluice.ingest;

/** The main class of the boundary job on a Flink cluster: {@code --config FILE}. {@link JobRun} runs it alone. */
public final class BoundaryJob {
    private BoundaryJob() {}

    public static void main(String[] arguments) throws Exception {
        Jobs.executeOnCluster(JobKind.BOUNDARY, arguments);
    }
}
