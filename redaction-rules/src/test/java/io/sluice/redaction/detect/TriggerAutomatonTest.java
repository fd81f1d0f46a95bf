package io.sluice.redaction.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.redaction.detect.TriggerAutomaton.Trigger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** After each character the automaton says what a search for each trigger on its own finds. */
class TriggerAutomatonTest {
    private static final CharSet[] SETS = {
        CharSet.of('a'),
        CharSet.of('b'),
        CharSet.of('c'),
        CharSet.of('a').or(CharSet.of('b')),
        CharSet.of('b').or(CharSet.of('c')).or(CharSet.of('é')),
        CharSet.of('a').not(),
        CharSet.of('é'),
        CharSet.ALL
    };
    private static final String CHARACTERS = "aaabbbccdé\u2028";

    private final Random random = new Random(20240110);

    @Test
    void whatEndsWhereIsWhatASearchForEachTriggerFinds() {
        int ending = 0;
        for (int round = 0; round < 3_000; round++) {
            List<Trigger> triggers = drawnTriggers();
            TriggerAutomaton automaton = Objects.requireNonNull(TriggerAutomaton.of(triggers));
            String text = drawnText(40);
            int state = automaton.start();
            for (int i = 0; i < text.length(); i++) {
                state = automaton.next(state, text.charAt(i));
                List<List<Integer>> expected = endingAt(i + 1, Text.NONE + text, triggers);
                assertEquals(!expected.isEmpty(), automaton.accepts(state));
                assertEquals(expected, expected.isEmpty() ? List.of() : pairs(automaton.outputs(state)));
                ending += expected.size();
            }
        }
        assertTrue(ending > 100_000, "hardly any trigger ended anywhere");
    }

    @Test
    void eachCharacterOfAsciiMayBeOfAClassOfItsOwn() {
        List<Trigger> triggers = new ArrayList<>();
        for (char c = 0; c < 128; c++) {
            triggers.add(new Trigger(new CharSet[] {CharSet.of(c), CharSet.of((char) (127 - c))}, c));
        }
        TriggerAutomaton automaton = Objects.requireNonNull(TriggerAutomaton.of(triggers));
        for (char c = 0; c < 128; c++) {
            int state = automaton.next(automaton.next(automaton.start(), c), (char) (127 - c));
            assertEquals(List.of(List.of((int) c, 2)), pairs(automaton.outputs(state)));
        }
        assertEquals(
                automaton.next(automaton.start(), 'é'), automaton.next(automaton.next(automaton.start(), 'a'), 'é'));
    }

    /** The n-th character before a place is an a, for so many n that each set of them is a state. */
    @Test
    void tooManyStatesAreRefused() {
        CharSet[] sequence = new CharSet[20];
        Arrays.fill(sequence, CharSet.ALL);
        sequence[0] = CharSet.of('a');
        assertNull(TriggerAutomaton.of(List.of(new Trigger(sequence, 0))));
    }

    private List<Trigger> drawnTriggers() {
        List<Trigger> triggers = new ArrayList<>();
        int count = 1 + random.nextInt(12);
        for (int t = 0; t < count; t++) {
            CharSet[] sequence = new CharSet[1 + random.nextInt(5)];
            for (int i = 0; i < sequence.length; i++) {
                sequence[i] = SETS[random.nextInt(SETS.length)];
            }
            int border = sequence.length > 1 ? random.nextInt(2) : 0;
            triggers.add(new Trigger(sequence, border, random.nextInt(4)));
        }
        return triggers;
    }

    private String drawnText(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }

    /** Owner and length of what ends there, ascending, each pair once. */
    private static List<List<Integer>> endingAt(int last, String text, List<Trigger> triggers) {
        SortedSet<Integer> pairs = new TreeSet<>();
        for (Trigger trigger : triggers) {
            int length = trigger.sequence().length;
            boolean stands = last + 1 >= length;
            for (int i = 0; stands && i < length; i++) {
                stands = trigger.sequence()[i].has(text.charAt(last + 1 - length + i));
            }
            if (stands) {
                pairs.add(trigger.owner() * 100 + length - trigger.border());
            }
        }
        return pairs.stream().map(pair -> List.of(pair / 100, pair % 100)).toList();
    }

    private static List<List<Integer>> pairs(int[] outputs) {
        List<List<Integer>> pairs = new ArrayList<>();
        for (int o = 0; o < outputs.length; o += 2) {
            pairs.add(List.of(outputs[o], outputs[o + 1]));
        }
        return pairs;
    }
}
