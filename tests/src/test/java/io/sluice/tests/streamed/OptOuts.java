package io.sluice.tests.streamed;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.tests.command.Sluice;
import io.sluice.tests.stack.RunningSluice;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The visitors of a {@link SteadyLoad} who opt out, through the command. */
final class OptOuts {
    private final RunningSluice sluice;
    private final String load;
    private final Map<Integer, Instant> inForce = new TreeMap<>();

    OptOuts(RunningSluice sluice, String load) {
        this.sluice = sluice;
        this.load = load;
    }

    /** Opts these out and waits until all of it is in force. */
    OptOuts add(int from, int to) throws Exception {
        for (int which = from; which < to; which++) {
            int leaver = which;
            sluice.await("the opt-out taken", () -> ask("add", leaver).has("recorded"));
        }
        for (int which = from; which < to; which++) {
            int leaver = which;
            sluice.await("the opt-out in force", () -> {
                JsonNode since = ask("show", leaver).path("inForceSince");
                if (since.isTextual()) {
                    inForce.put(leaver, Instant.parse(since.asText()));
                }
                return inForce.containsKey(leaver);
            });
        }
        return this;
    }

    /** @throws IOException if there is no answer now: a machine with too much to do does not always answer in time */
    private JsonNode ask(String what, int leaver) throws IOException {
        Sluice.Run run = sluice.run("optout", what, "--user", SteadyLoad.leaver(load, leaver), "--json");
        if (run.code() != 0) {
            throw new IOException(run.err());
        }
        return run.objects().get(0);
    }

    /** From when on each choice was in force. */
    Map<Integer, Instant> inForce() {
        return inForce;
    }
}
