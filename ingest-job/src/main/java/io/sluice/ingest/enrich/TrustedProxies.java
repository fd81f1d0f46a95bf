package io.sluice.ingest.enrich;

import java.util.List;

/** The networks whose word about a client is believed. */
public record TrustedProxies(List<String> networks) {
    public static TrustedProxies of(List<String> networks) {
        return new TrustedProxies(networks);
    }
}
