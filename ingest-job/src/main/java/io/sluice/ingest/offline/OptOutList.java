package io.sluice.ingest.offline;

import io.sluice.keys.KeyedHash;
import io.sluice.redaction.consent.Choice;
import io.sluice.redaction.consent.Choices;
import io.sluice.redaction.consent.GateKey;
import io.sluice.redaction.consent.Identifier;
import io.sluice.redaction.consent.Purpose;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opt-outs from a file, in place of the consent register: {@code email:…}, {@code user:…} or {@code cookie:…} a line.
 *
 * <p>Each closes what {@code optout add} closes. Keeps hashes only; immutable and thread-safe.
 */
public final class OptOutList implements Choices {
    private static final String CLOSED_PURPOSE = "analytics";
    private static final Set<Identifier.Kind> KINDS =
            Set.of(Identifier.Kind.EMAIL, Identifier.Kind.USER, Identifier.Kind.COOKIE);

    private final Set<GateKey> refused;

    private OptOutList(Set<GateKey> refused) {
        this.refused = Set.copyOf(refused);
    }

    /**
     * Reads the lines; empty ones and those that begin with {@code #} are skipped.
     *
     * @param gate the key under which the boundary looks choices up
     * @throws IllegalArgumentException naming the line that cannot be read, without its text
     */
    public static OptOutList of(List<String> lines, KeyedHash gate) {
        KeyedHash own = gate.fork();
        Set<GateKey> refused = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                refused.add(identifier(line, i + 1).gateKey(own));
            }
        }
        return new OptOutList(refused);
    }

    private static Identifier identifier(String line, int number) {
        int colon = line.indexOf(':');
        Optional<Identifier.Kind> kind =
                colon < 0 ? Optional.empty() : Identifier.Kind.byLabel(line.substring(0, colon));
        String value = line.substring(colon + 1).strip();
        if (kind.isEmpty() || !KINDS.contains(kind.get()) || value.isEmpty()) {
            throw new IllegalArgumentException("line " + number + " is not email:ADDRESS, user:ID or cookie:VALUE");
        }
        return Identifier.of(kind.get(), value);
    }

    @Override
    public @Nullable Choice find(GateKey key, Purpose purpose) {
        return purpose.name().equals(CLOSED_PURPOSE) && refused.contains(key) ? Choice.REFUSED : null;
    }

    @Override
    public boolean isEmpty() {
        return refused.isEmpty();
    }

    @Override
    public String toString() {
        return "OptOutList[" + refused.size() + "]";
    }
}
