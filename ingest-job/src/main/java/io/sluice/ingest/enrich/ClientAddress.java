package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Event;

/** Finds the client's address. */
public final class ClientAddress {
    private ClientAddress() {}

    public static void resolve(Event event, TrustedProxies proxies) {}
}
