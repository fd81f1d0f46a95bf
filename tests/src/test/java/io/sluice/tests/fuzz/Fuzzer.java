package io.sluice.tests.fuzz;

import io.sluice.collector.request.Endpoint;
import io.sluice.ingest.parse.LogFormat;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/** What {@code tests/fuzz/run} gives to Jazzer, which calls these two methods by their names. */
public final class Fuzzer {
    /** The word for the collector's door, beside the formats' names. */
    static final String DOOR = "collector";

    private static final AtomicReference<Target> TARGET = new AtomicReference<>();

    private Fuzzer() {}

    /** Takes any bytes. */
    interface Target {
        void take(byte[] bytes) throws IOException;
    }

    /** The target of a name: a format's, or {@link #DOOR}. */
    static Target target(String name) {
        if (name.equals(DOOR)) {
            DoorTarget door = new DoorTarget();
            return bytes -> {
                for (Endpoint endpoint : Endpoint.all()) {
                    door.take(endpoint, bytes, bytes.length % 3 == 0 ? "deflate" : "");
                }
            };
        }
        return new ParserTarget(LogFormat.byLabel(name).orElseThrow())::take;
    }

    /** Once, with the target's name. */
    public static void fuzzerInitialize(String[] arguments) {
        TARGET.set(target(arguments[0]));
    }

    /** With each input. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        TARGET.get().take(input);
    }
}
