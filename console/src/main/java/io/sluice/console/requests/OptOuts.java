package io.sluice.console.requests;

import io.sluice.keys.KeyedHash;
import io.sluice.redaction.consent.GateKey;
import io.sluice.redaction.consent.Identifier;
import io.sluice.schema.ConsentChoice;
import io.sluice.schema.ConsentEntry;
import io.sluice.schema.ConsentState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Product opt-outs: the recorded choice of a person, by e-mail address, user id or cookie, not to be in analytics.
 *
 * <p>Guarantees: the identifier is hashed under the gate key and then forgotten; choices for other purposes stay as
 * they are. Does not guarantee: that the security route or the vault leave the person out (they do not), or that what
 * is stored already goes: that is a deletion.
 *
 * <p>Thread-safe.
 */
public final class OptOuts {
    /** The purpose that an opt-out closes. */
    public static final String ANALYTICS = "analytics";

    private final ConsentTopic topic;
    private final KeyedHash gate;
    private final Clock clock;
    private final Object changing = new Object();

    /** @param gate the key under which choices are looked up */
    public OptOuts(ConsentTopic topic, KeyedHash gate, Clock clock) {
        this.topic = topic;
        this.gate = gate.fork();
        this.clock = clock;
    }

    /** Records that this person opts out. */
    public OptOutState add(Identifier person) throws RegisterUnavailable {
        return change(person, ConsentState.REFUSED);
    }

    /** Takes what is recorded for this person back, as if nothing had ever been chosen. */
    public OptOutState remove(Identifier person) throws RegisterUnavailable {
        return change(person, null);
    }

    /** What is recorded for this person. */
    public OptOutState show(Identifier person) throws RegisterUnavailable {
        return state(topic.register(), key(person));
    }

    /**
     * Waits until the last change for this person is in force.
     *
     * @return the state then, or after {@code patience}
     */
    public OptOutState await(Identifier person, Duration patience) throws RegisterUnavailable {
        ConsentRegister register = topic.register();
        GateKey key = key(person);
        Optional<ConsentRegister.Standing> standing = register.find(key);
        try {
            if (standing.isPresent()) {
                register.awaitInForce(standing.get().offset(), patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return state(register, key);
    }

    private OptOutState change(Identifier person, @Nullable ConsentState state) throws RegisterUnavailable {
        GateKey key = key(person);
        // One change at a time: an entry holds the choices for all purposes, so it is read before it is written.
        synchronized (changing) {
            ConsentRegister register = topic.register();
            List<ConsentChoice> choices = new ArrayList<>();
            register.find(key).map(ConsentRegister.Standing::entry).ifPresent(entry -> entry.getChoices().stream()
                    .filter(choice -> !choice.getPurpose().equals(ANALYTICS))
                    .forEach(choices::add));
            if (state != null) {
                Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                choices.add(new ConsentChoice(ANALYTICS, state, now));
            }
            topic.record(key, choices.isEmpty() ? null : new ConsentEntry(choices));
            return state(register, key);
        }
    }

    private static OptOutState state(ConsentRegister register, GateKey key) {
        Optional<ConsentRegister.Standing> standing = register.find(key);
        if (standing.isEmpty()) {
            return new OptOutState("none", OptOutState.Progress.NONE, null, null, null);
        }
        long offset = standing.get().offset();
        Optional<ConsentChoice> choice = standing.map(ConsentRegister.Standing::entry)
                .flatMap(entry -> entry.getChoices().stream()
                        .filter(one -> one.getPurpose().equals(ANALYTICS))
                        .findFirst());
        Optional<Instant> since = register.inForceSince(offset);
        return new OptOutState(
                choice.map(one -> one.getChoice().name().toLowerCase(Locale.ROOT))
                        .orElse("none"),
                progress(register, since.isPresent()),
                offset,
                choice.map(ConsentChoice::getRecorded).orElse(null),
                since.orElse(null));
    }

    private static OptOutState.Progress progress(ConsentRegister register, boolean inForce) {
        if (inForce) {
            return OptOutState.Progress.IN_FORCE;
        }
        return register.isJobRunning() ? OptOutState.Progress.RECORDED : OptOutState.Progress.PENDING;
    }

    private GateKey key(Identifier person) {
        synchronized (gate) {
            return person.gateKey(gate);
        }
    }
}
