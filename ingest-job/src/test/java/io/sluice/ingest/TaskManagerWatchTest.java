package io.sluice.ingest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.Test;

class TaskManagerWatchTest {
    @Test
    void seesThatTheTaskManagerEnded() throws Exception {
        Configuration settings = new Configuration().set(RestOptions.BIND_PORT, "0");
        try (MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .build())) {
            cluster.start();
            try (TaskManagerWatch watch = new TaskManagerWatch(cluster, Duration.ofMillis(50))) {
                assertThrows(TimeoutException.class, () -> watch.lost().get(1, TimeUnit.SECONDS));
                assertFalse(watch.lost().isDone());
                cluster.terminateTaskManager(0).get();
                watch.lost().get(60, TimeUnit.SECONDS);
            }
        }
    }
}
