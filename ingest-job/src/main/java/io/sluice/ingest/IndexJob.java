package io.sluice.ingest;

/** The main class of the index job on a Flink cluster: {@code --config FILE}. {@link JobRun} runs it alone. */
public final class IndexJob {
    private IndexJob() {}

    public static void main(String[] arguments) throws Exception {
        Jobs.executeOnCluster(JobKind.INDEX, arguments);
    }
}
