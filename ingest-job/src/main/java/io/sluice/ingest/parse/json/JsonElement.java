package io.sluice.ingest.parse.json;

import io.sluice.ingest.parse.Reason;
import io.sluice.redaction.event.Value;
import org.jspecify.annotations.Nullable;

/**
 * One value of a JSON record, or the reason why it alone was not taken. Holds plaintext; its value prints no more than
 * a length.
 *
 * @param value the value; null if it is absent (null, empty text, {@code -}) or was not taken
 * @param ambiguous whether an object in it has a name twice; the last one stands in {@code value}
 * @param failure why it was not taken, or null
 */
public record JsonElement(@Nullable Value value, boolean ambiguous, @Nullable Reason failure) {}
