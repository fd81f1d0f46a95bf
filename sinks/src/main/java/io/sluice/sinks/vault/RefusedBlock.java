package io.sluice.sinks.vault;

import java.io.IOException;

/** A sealed block that does not open: it, or what is around it, was changed, or it stands in another's place. */
public final class RefusedBlock extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedBlock(String file, long position, String why) {
        super("The block at byte " + position + " of the vault's file " + file + " is refused: " + why);
    }
}
