package io.sluice.ingest.carry;

import io.sluice.ingest.boundary.Outcomes;
import io.sluice.ingest.boundary.RawRecord;
import io.sluice.ingest.boundary.ShadowTally;
import io.sluice.schema.SealedBlock;
import java.io.IOException;
import java.io.Serializable;
import java.util.function.Consumer;

/** The boundary of one task, with the keys, registers and look-ups that it holds open. Not thread-safe. */
public interface OpenBoundary extends AutoCloseable {
    /** All that becomes of one Kafka record. */
    void process(RawRecord record, Outcomes into);

    /**
     * Seals the whole record as quarantined, whatever it is: for one on which {@link #process} failed. One that is too old
     * for the vault is not kept.
     */
    void sealWhole(RawRecord record);

    /** How many records went to the sealer since the last call. */
    long takeSealed();

    /** Runs a candidate, if there is one, on a record that is done with; disturbs nothing, whatever becomes of it. */
    void shadow(RawRecord record, ShadowTally into);

    /** Ends the blocks, so that all that was sealed has been handed out. */
    void endBlocks();

    @Override
    void close();

    /** Opens the boundary where its task runs. */
    @FunctionalInterface
    interface Opener extends Serializable {
        /**
         * @param subtask number of the subtask, from 0
         * @param sealed takes the sealed blocks, in order
         */
        OpenBoundary open(int subtask, Consumer<SealedBlock> sealed) throws IOException;
    }
}
