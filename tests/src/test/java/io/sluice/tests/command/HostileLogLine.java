package io.sluice.tests.command;

import org.slf4j.LoggerFactory;

/** Logs one line that tries to be more. */
final class HostileLogLine {
    private HostileLogLine() {}

    public static void main(String[] args) {
        LoggerFactory.getLogger(HostileLogLine.class)
                .warn("a\nb\u001b[31mc\rd\u009be", new IllegalStateException("planted\nsecret"));
    }
}
