package io.sluice.infra.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports on loopback. */
public final class Ports {
    // Below what Linux, macOS and Windows give to outgoing connections, which come and go and would take a port that is
    // only looked at; above the ports of well-known servers.
    private static final int FIRST = 20_000;
    private static final int END = 32_000;
    private static final int MOST_LOOKS = 1_000;
    private static final int MOST_STARTS = 10;

    private Ports() {}

    /** A port that nobody listens on now; another program may take it before it is listened on. */
    public static int free() throws IOException {
        for (int look = 0; look < MOST_LOOKS; look++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no free port between " + FIRST + " and " + END + ": stop programs that listen there");
    }

    /** Whether nobody listens on it now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // A port whose last connections still linger is free to a server, so it must be to this question.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Starts something at a free port, and again at another one as long as other programs are quicker.
     *
     * @throws StartFailed of the start, if the port was not the reason or ten ports were taken
     */
    public static <T> T startAtFree(Start<T> start) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return start.at(free());
            } catch (StartFailed e) {
                if (!e.isPortTaken() || attempt == MOST_STARTS) {
                    throw e;
                }
            }
        }
    }

    /** Starts something that listens, and waits until it does. */
    @FunctionalInterface
    public interface Start<T> {
        /** @throws StartFailed if it does not come up */
        T at(int port) throws IOException, InterruptedException;
    }
}
