package io.sluice.tests.scanning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.redaction.detect.Finding;
import io.sluice.redaction.detect.TextScanner;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Five hundred rules find what twenty of them find, and fit. */
class DrawnRulesTest {
    private static final List<DrawnRules.Rule> RULES = DrawnRules.first(ScanBenchmark.MANY);
    private static final TextScanner FEW = ScanSpeed.drawn(ScanBenchmark.FEW);
    private static final TextScanner MANY = ScanSpeed.drawn(ScanBenchmark.MANY);

    @Test
    void theFewAreAmongTheMany() {
        assertEquals(DrawnRules.first(ScanBenchmark.FEW), RULES.subList(0, ScanBenchmark.FEW));
        assertEquals(ScanBenchmark.MANY, MANY.detectors().size());
    }

    @Test
    void everyRuleFindsItsValueAmongAllOthers() {
        List<DrawnRules.Rule> missed = RULES.stream()
                .filter(rule -> {
                    int start = rule.text().indexOf(rule.value());
                    return covered(MANY.scan(rule.text())).nextClearBit(start)
                            < start + rule.value().length();
                })
                .toList();
        assertEquals(List.of(), missed);
    }

    /** Whatever the few find, the many find; and what one of the few finds among the many, it finds among the few. */
    @Test
    void manyRulesFindWhatFewFind() {
        Set<String> few = FEW.detectors().stream().map(each -> each.name()).collect(Collectors.toSet());
        List<String> texts = new ArrayList<>(AccessLines.of(500));
        RULES.forEach(rule -> texts.add(rule.text()));
        int found = 0;
        for (String text : texts) {
            BitSet byFew = covered(FEW.scan(text));
            BitSet lost = (BitSet) byFew.clone();
            lost.andNot(covered(MANY.scan(text)));
            assertTrue(lost.isEmpty(), text);
            BitSet more = covered(MANY.scan(text).stream()
                    .filter(finding -> few.contains(finding.detector()))
                    .toList());
            more.andNot(byFew);
            assertTrue(more.isEmpty(), text);
            found += byFew.cardinality();
        }
        assertTrue(found > 100, "too little is found to say anything");
    }

    @Test
    void theTableFits() {
        assertTrue(MANY.tableBytes() <= 16 << 20, () -> MANY.tableBytes() + " bytes");
    }

    private static BitSet covered(List<Finding> findings) {
        BitSet covered = new BitSet();
        findings.forEach(finding -> covered.set(finding.start(), finding.end()));
        return covered;
    }
}
