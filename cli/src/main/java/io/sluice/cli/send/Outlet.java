package io.sluice.cli.send;

import io.sluice.ingest.offline.Piece;

/** Takes pieces towards Kafka. */
public interface Outlet {
    /**
     * Takes one; its bytes are copied.
     *
     * @throws SendProblem if this piece or one before it can not be delivered, now or later
     */
    void send(Piece piece, Receipt receipt) throws SendProblem;
}
