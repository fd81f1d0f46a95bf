package io.sluice.ingest.carry;

import io.sluice.ingest.boundary.SenderKey;

/**
 * A redacted event whose sender gave it an id, on its way to where its retries are told apart; never plaintext. Made by
 * this package alone.
 *
 * @param key by what a retry is recognised
 * @param from where it was read
 * @param route the route it was released on
 * @param record the event as its topic takes it; its time is the receive time
 */
public record SenderEvent(SenderKey key, RawPartition from, String route, TopicRecord record) {}
