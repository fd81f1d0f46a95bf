package io.sluice.redaction.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.redaction.event.FieldPath;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rule a field falls under. */
class FieldTableTest {
    @ParameterizedTest
    @CsvSource({
        "props.plan,      props.plan,        true",
        "props.plan,      props.plans,       false",
        "props.plan,      props.plan.x,      false",
        "props.*,         props.plan,        true",
        "props.*,         props.a.b.c,       true",
        "props.*,         props,             false",
        "props.*,         props.,            false",
        "props.*,         propsplan,         false",
        "props.*.price,   props.items.price, true",
        "props.*.price,   props..price,      false",
        "props.*.price,   props.a.b.price,   false",
        "props.*.price,   props.price,       false",
        "props.*.b.*,     props.a.b.c.d,     true",
        "props.*.b.*,     props.a.b,         false",
    })
    void aPatternIsForTheNamesItSpells(String pattern, String name, boolean matches) {
        assertEquals(matches, FieldPattern.of(FieldPath.of(pattern)).matches(name));
    }

    @Test
    void whatSpellsMoreOfANameOutWins() {
        Map<FieldPath, String> entries = new LinkedHashMap<>();
        for (String pattern : new String[] {"props.*", "props.*.price", "props.items.*", "props.items.price"}) {
            entries.put(FieldPath.of(pattern), pattern);
        }
        FieldTable<String> table = new FieldTable<>(entries);
        assertEquals("props.items.price", table.find(FieldPath.of("props.items.price")));
        assertEquals("props.items.*", table.find(FieldPath.of("props.items.name")));
        assertEquals("props.*.price", table.find(FieldPath.of("props.cart.price")));
        assertEquals("props.*", table.find(FieldPath.of("props.cart.name")));
        assertEquals(null, table.find(FieldPath.of("message")));
        assertTrue(table.names(FieldPath.of("props.items.price")));
        assertFalse(table.names(FieldPath.of("props.items.name")));
    }
}
