package io.sluice.ingest.offline;

/** What an offline verb does with each piece: prints one object for each event and keeps the account. */
public interface PieceWork extends AutoCloseable {
    /** Works one piece through; what it prints goes to {@code page}, in input order. */
    void work(Piece piece, Page page, Balance balance);

    /** Lets go of what it needed. */
    @Override
    default void close() {}
}
