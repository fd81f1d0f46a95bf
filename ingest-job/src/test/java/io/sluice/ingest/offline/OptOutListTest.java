package io.sluice.ingest.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.keys.KeyedHash;
import io.sluice.redaction.consent.Choice;
import io.sluice.redaction.consent.Identifier;
import io.sluice.redaction.consent.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptOutListTest {
    private static final Purpose ANALYTICS = new Purpose("analytics");

    private final KeyedHash gate = new KeyedHash(new byte[32]);

    @Test
    void closesAnalyticsForTheListedAndNothingElse() {
        OptOutList list =
                OptOutList.of(List.of("# chosen", "", " email:Jane@Example.com", "user:u-1", "cookie:c"), gate);
        assertEquals(Choice.REFUSED, list.find(key(Identifier.Kind.EMAIL, "jane@example.com"), ANALYTICS));
        assertEquals(Choice.REFUSED, list.find(key(Identifier.Kind.USER, "u-1"), ANALYTICS));
        assertEquals(Choice.REFUSED, list.find(key(Identifier.Kind.COOKIE, "c"), ANALYTICS));
        assertNull(list.find(key(Identifier.Kind.USER, "U-1"), ANALYTICS));
        assertNull(list.find(key(Identifier.Kind.COOKIE, "u-1"), ANALYTICS));
        assertNull(list.find(key(Identifier.Kind.USER, "u-1"), new Purpose("security")));
        assertFalse(list.isEmpty());
        assertTrue(OptOutList.of(List.of("#"), gate).isEmpty());
    }

    @Test
    void namesTheLineThatCannotBeReadAndNotItsText() {
        for (String line : List.of("jane@example.com", "mail:x", "email:", "address:192.0.2.1")) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> OptOutList.of(List.of("user:a", line), gate))
                    .getMessage();
            assertEquals("line 2 is not email:ADDRESS, user:ID or cookie:VALUE", message);
        }
    }

    private io.sluice.redaction.consent.GateKey key(Identifier.Kind kind, String value) {
        return Identifier.of(kind, value).gateKey(gate);
    }
}
