package io.sluice.redaction.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventTest {
    /** Constants and other names, in any order, set, replaced and removed: as a map does it. */
    @Test
    void isAMapInTheOrderOfSetting() {
        List<FieldPath> paths = new ArrayList<>(Fields.all());
        for (int i = 0; i < 60; i++) {
            paths.add(FieldPath.of("props.p" + i));
        }
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            Event event = new Event();
            Map<FieldPath, Value> expected = new LinkedHashMap<>();
            for (int step = random.nextInt(200); step >= 0; step--) {
                FieldPath path = paths.get(random.nextInt(paths.size()));
                if (random.nextInt(3) == 0) {
                    event.remove(path);
                    expected.remove(path);
                } else {
                    Value value = new Value.Whole(step);
                    event.set(path, value);
                    expected.put(path, value);
                }
            }
            assertEquals(expected.size(), event.size());
            int i = 0;
            for (Map.Entry<FieldPath, Value> entry : expected.entrySet()) {
                assertEquals(entry.getKey(), event.path(i));
                assertEquals(entry.getValue(), event.value(i++));
            }
            for (FieldPath path : paths) {
                assertEquals(expected.get(path), event.get(path), path.name());
            }
            List<FieldPath> some = new ArrayList<>(Fields.all());
            Collections.shuffle(some, random);
            some = some.subList(0, random.nextInt(4));
            assertEquals(some.stream().anyMatch(event::has), event.hasAny(new FieldSet(some)));
        }
    }

    @Test
    void aSetOfFieldsHasConstantsOnly() {
        List<FieldPath> other = List.of(FieldPath.of("props.plan"));
        assertEquals(
                "props.plan is no constant of Fields",
                assertThrows(IllegalArgumentException.class, () -> new FieldSet(other))
                        .getMessage());
    }
}
