package io.sluice.tests.streamed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.tests.command.Sluice;
import io.sluice.tests.stack.RunningSluice;
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
            ask("add", which);
        }
        for (int which = from; which < to; which++) {
            int leaver = which;
            sluice.await("the opt-out in force", () -> ask("show", leaver).has("inForceSince"));
            inForce.put(
                    leaver,
                    Instant.parse(ask("show", leaver).get("inForceSince").asText()));
        }
        return this;
    }

    private JsonNode ask(String what, int leaver) {
        Sluice.Run run = sluice.run("optout", what, "--user", SteadyLoad.leaver(load, leaver), "--json");
        assertEquals(0, run.code(), run.err());
        return run.objects().get(0);
    }

    /** From when on each choice was in force. */
    Map<Integer, Instant> inForce() {
        return inForce;
    }
}
