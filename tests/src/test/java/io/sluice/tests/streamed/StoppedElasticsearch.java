package io.sluice.tests.streamed;

import io.sluice.tests.stack.RunningSluice;
import io.sluice.tests.stack.StackPart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/**
 * An Elasticsearch that was killed and stays away: its port is held, so {@code up} cannot start it again before
 * {@link #close()}; whoever connects is thrown out at once.
 */
final class StoppedElasticsearch implements AutoCloseable {
    private final ServerSocket port;
    private final long since = System.nanoTime();

    private StoppedElasticsearch(ServerSocket port) {
        this.port = port;
        Thread thread = new Thread(this::refuse, "stopped-elasticsearch");
        thread.setDaemon(true);
        thread.start();
    }

    static StoppedElasticsearch of(RunningSluice sluice) throws Exception {
        int number =
                URI.create(sluice.endpoints().path("elasticsearch").asText()).getPort();
        sluice.kill(StackPart.ELASTICSEARCH);
        ServerSocket port = new ServerSocket();
        port.setReuseAddress(true);
        // It is free now; up waits a second before it tries.
        port.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
        return new StoppedElasticsearch(port);
    }

    private void refuse() {
        while (!port.isClosed()) {
            try (Socket socket = port.accept()) {
                socket.setSoLinger(true, 0);
            } catch (IOException e) {
                // Closed: the outage is over.
            }
        }
    }

    /** Waits until the outage is so old. */
    void awaitAge(Duration age) throws InterruptedException {
        long left = age.toMillis() - (System.nanoTime() - since) / 1_000_000;
        Thread.sleep(Math.max(0, left));
    }

    @Override
    public void close() throws IOException {
        port.close();
    }
}
