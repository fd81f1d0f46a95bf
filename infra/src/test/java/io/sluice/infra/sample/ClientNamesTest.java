package io.sluice.infra.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientNamesTest {
    private static final List<String> NAMES = ClientNames.of(1, 10_000);

    @Test
    void areTenThousandDifferentOnes() {
        assertEquals(10_000, new HashSet<>(NAMES).size());
        assertEquals(NAMES, ClientNames.of(1, 10_000));
    }

    @Test
    void haveAccentsHyphensApostrophesParticlesAndSometimesOneWord() {
        assertMany("accents", "[ÀÂÉÈÊÎÔÛÇàâéèêëîïôûç]");
        assertMany("hyphens", "\\p{L}-\\p{L}");
        assertMany("one word", "^\\p{L}+$");
        assertMany("particles", " (de la|Le|du|Van) ");
        assertMany("apostrophes", "['’]");
    }

    private static void assertMany(String what, String pattern) {
        long count = NAMES.stream()
                .filter(name ->
                        java.util.regex.Pattern.compile(pattern).matcher(name).find())
                .count();
        assertTrue(count > 100, what + ": " + count);
    }

    @Test
    void slugsArePlain() {
        assertEquals("zoe-st-cote", ClientNames.slug("Zoë St-Côté"));
        assertTrue(NAMES.stream().map(ClientNames::slug).allMatch(slug -> slug.matches("[a-z0-9]+(-[a-z0-9]+)*")));
    }
}
