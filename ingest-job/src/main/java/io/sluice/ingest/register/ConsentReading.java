package io.sluice.ingest.register;

import io.sluice.redaction.consent.Choice;
import io.sluice.redaction.consent.GateKey;
import io.sluice.schema.ConsentChoice;
import io.sluice.schema.ConsentEntry;
import io.sluice.schema.ConsentState;
import io.sluice.schema.OwnTypes;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes records of the topic {@code consent} into the {@link ConsentMap}.
 *
 * <p>Guarantees: an entry that is not understood closes every purpose for its key; one without a usable key changes
 * nothing and is counted. Not thread-safe.
 */
final class ConsentReading {
    static {
        OwnTypes.trust();
    }

    private final ConsentMap map;
    private final Oddities oddities;

    ConsentReading(ConsentMap map, Oddities oddities) {
        this.map = map;
        this.oddities = oddities;
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
        byte[] key = record.key();
        if (key == null || key.length != GateKey.LENGTH) {
            oddities.count("consent-key");
            return;
        }
        map.put(GateKey.of(key), record.value() == null ? 0 : choices(record.value()));
    }

    private long choices(byte[] value) {
        ConsentEntry entry;
        try {
            entry = ConsentEntry.fromByteBuffer(ByteBuffer.wrap(value));
        } catch (IOException | RuntimeException e) {
            // Whatever it meant to say: nobody's data flows on a guess.
            oddities.count("consent-undecodable");
            return ConsentMap.ALL_REFUSED;
        }
        long choices = 0;
        for (ConsentChoice choice : entry.getChoices()) {
            choices = map.with(
                    choices,
                    choice.getPurpose(),
                    choice.getChoice() == ConsentState.GRANTED ? Choice.GRANTED : Choice.REFUSED);
        }
        return choices;
    }
}
