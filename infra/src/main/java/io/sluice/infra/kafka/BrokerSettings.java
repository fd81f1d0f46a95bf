package io.sluice.infra.kafka;

import java.nio.file.Path;
import java.util.Map;

/**
 * How a broker is to run.
 *
 * @param dir its folder: configuration, data, log; made when missing
 * @param port of the clients' listener on loopback; 0: the port of the last start in this folder, a free one at first
 * @param passwords SCRAM users with their passwords, with {@link BrokerProcess#ADMIN} among them; empty: no
 *     authentication and no ACLs
 * @param stopWithJvm whether the end of this JVM stops the broker; {@code false} if the caller sees to that
 */
public record BrokerSettings(Path dir, int port, Map<String, String> passwords, boolean stopWithJvm) {
    /** Copies the map. */
    public BrokerSettings {
        passwords = Map.copyOf(passwords);
        if (!passwords.isEmpty() && !passwords.containsKey(BrokerProcess.ADMIN)) {
            throw new IllegalArgumentException("a broker with users needs the user " + BrokerProcess.ADMIN);
        }
    }

    /** Without authentication, for tests that are not about it. */
    public static BrokerSettings plain(Path dir) {
        return new BrokerSettings(dir, 0, Map.of(), true);
    }

    /** With SCRAM users and ACLs; who is not {@link BrokerProcess#ADMIN} may do nothing until an ACL says so. */
    public static BrokerSettings secured(Path dir, Map<String, String> passwords) {
        return new BrokerSettings(dir, 0, passwords, true);
    }

    /** The same at another port. */
    BrokerSettings at(int other) {
        return new BrokerSettings(dir, other, passwords, stopWithJvm);
    }

    boolean isSecured() {
        return !passwords.isEmpty();
    }

    /** Prints no password. */
    @Override
    public String toString() {
        return "BrokerSettings[" + dir + ", port " + port + ", " + passwords.size() + " users]";
    }
}
