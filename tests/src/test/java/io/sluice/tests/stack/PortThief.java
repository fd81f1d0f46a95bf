package io.sluice.tests.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Listens on the first port that {@code up} chooses for each program, before the program can. */
final class PortThief implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KINDS = 5;

    private final Path ports;
    private final Thread thread = new Thread(this::steal, "port-thief");
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private final Map<String, Integer> tried = new TreeMap<>();
    private final List<ServerSocket> sockets = new ArrayList<>();

    private PortThief(Path ports) {
        this.ports = ports;
    }

    static PortThief begin(Path ports) {
        PortThief thief = new PortThief(ports);
        thief.thread.setDaemon(true);
        thief.thread.start();
        return thief;
    }

    /** The ports that it was quicker at, by the name that they have in the file. */
    Map<String, Integer> taken() {
        return new TreeMap<>(taken);
    }

    private void steal() {
        try {
            while (tried.size() < KINDS) {
                look();
                Thread.sleep(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            JsonNode chosen = JSON.readTree(Files.readAllBytes(ports));
            chosen.fields()
                    .forEachRemaining(
                            entry -> steal(entry.getKey(), entry.getValue().asInt()));
        } catch (IOException e) {
            // Not written yet.
        }
    }

    private void steal(String name, int port) {
        if (tried.putIfAbsent(name, port) == null) {
            try {
                sockets.add(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
                taken.put(name, port);
            } catch (IOException e) {
                // Another program of this machine has it, so up will not get it either.
            }
        }
    }

    @Override
    public void close() throws Exception {
        thread.interrupt();
        thread.join();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public String toString() {
        return "PortThief" + taken;
    }
}
