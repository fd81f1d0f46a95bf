package io.sluice.tests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows docs/add-a-rule.md as far as nothing runs; {@link AddARuleGuideIT} follows the rest. */
class AddARuleGuideTest {
    @TempDir
    Path folder;

    @Test
    void theGuideIsTrue() throws IOException {
        GuideSteps steps = new GuideSteps(folder);
        steps.follow(GuideSteps.guide(), "console", words -> new Sluice(folder).run(words));
        assertEquals(9, steps.typed().size());
    }
}
