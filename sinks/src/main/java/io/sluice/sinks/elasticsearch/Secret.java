package io.sluice.sinks.elasticsearch;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a password or key is found, read anew each time it is needed.
 *
 * <p>Guarantees: those of {@link #ofFile} and {@link #ofEnvironment} carry the place and not the secret, so neither a
 * job graph nor a checkpoint holds it; none prints it. Does not guarantee: that it is wiped from memory after use, for
 * the HTTP client keeps its header.
 */
public interface Secret extends Serializable {
    /**
     * The secret, in an array of its own.
     *
     * @throws UncheckedIOException if its file cannot be read
     * @throws IllegalStateException if its environment variable is not set
     */
    char[] read();

    /** The first line of a file. */
    static Secret ofFile(Path file) {
        return new InFile(file.toString());
    }

    /** The value of an environment variable of the process that reads it. */
    static Secret ofEnvironment(String variable) {
        return new InEnvironment(variable);
    }

    /** A secret at hand, for a client inside this process; one of these must not go into a job. */
    static Secret of(char[] secret) {
        return new AtHand(secret.clone());
    }

    /** A secret in a file. */
    record InFile(String file) implements Secret {
        @Override
        public char[] read() {
            try {
                String text = Files.readString(Path.of(file));
                return text.lines().findFirst().orElse("").toCharArray();
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "The secret in " + file + " cannot be read; check that the file is there and may be read.", e);
            }
        }
    }

    /** A secret in the environment. */
    record InEnvironment(String variable) implements Secret {
        @Override
        public char[] read() {
            String value = System.getenv(variable);
            if (value == null) {
                throw new IllegalStateException(
                        "The environment variable " + variable + " is not set; set it to the secret.");
            }
            return value.toCharArray();
        }
    }

    /** A secret in memory. */
    record AtHand(char[] secret) implements Secret {
        @Override
        public char[] read() {
            return secret.clone();
        }

        @Override
        public String toString() {
            return "AtHand";
        }
    }
}
