package io.sluice.sinks.elasticsearch;

import java.io.IOException;

/** Elasticsearch does not let this account set an index or a template up; the message says what to do, and no value. */
public final class SetupRefused extends IOException {
    private static final long serialVersionUID = 1;

    SetupRefused(String message) {
        super(message);
    }
}
