package io.sluice.infra.up;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final Figures FIGURES = new Figures(
            Map.of(
                    "security", new Figures.Counts(1234567, 1234560, 0, 7, 0),
                    "analytics", new Figures.Counts(1234567, 1233900, 560, 7, 100)),
            OptionalLong.of(42),
            0);

    @Test
    void aTableHasOneLineForEachRouteInOrder() {
        assertEquals(
                """

                  route                  in     released   suppressed  quarantined    duplicate
                  analytics       1,234,567    1,233,900          560            7          100
                  security        1,234,567    1,234,560            0            7            0
                  waiting in the raw topics: 42
                """,
                Screen.table(FIGURES));
    }

    @Test
    void aPlainLineSaysTheSame() {
        assertEquals(
                "analytics: in 1234567, released 1233900, suppressed 560, quarantined 7, duplicate 100;"
                        + " security: in 1234567, released 1234560, suppressed 0, quarantined 7, duplicate 0; waiting 42",
                Screen.line(FIGURES));
        assertEquals("waiting not known just now", Screen.line(new Figures(Map.of(), OptionalLong.empty(), 0)));
    }

    @Test
    void whatCouldNotBeReadIsSaid() {
        Figures figures = new Figures(Map.of(), OptionalLong.of(7), 3);
        String said = "not counted: 3 entries of the balance that another release wrote";
        assertTrue(Screen.table(figures).endsWith("  waiting in the raw topics: 7\n  " + said + "\n"));
        assertEquals("waiting 7; " + said, Screen.line(figures));
    }

    @Test
    void onlyATerminalIsRedrawn() {
        assertTrue(drawnTwice(true).contains("\u001b[5A"));
        assertFalse(drawnTwice(false).contains("\u001b"));
    }

    private static String drawnTwice(boolean terminal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Screen screen = new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), terminal);
        screen.draw(FIGURES);
        screen.draw(FIGURES);
        return out.toString(StandardCharsets.UTF_8);
    }
}
