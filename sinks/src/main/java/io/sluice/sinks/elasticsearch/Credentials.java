package io.sluice.sinks.elasticsearch;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** By what a client shows who it is. */
public sealed interface Credentials extends Serializable {
    /** The value of the header {@code Authorization}; null for none. */
    @Nullable
    String authorization();

    /** No account: for a server without security. */
    record Anonymous() implements Credentials {
        @Override
        public @Nullable String authorization() {
            return null;
        }
    }

    /** A user and a password. */
    record User(String name, Secret password) implements Credentials {
        @Override
        public String authorization() {
            char[] secret = password.read();
            char[] both = new char[name.length() + 1 + secret.length];
            name.getChars(0, name.length(), both, 0);
            both[name.length()] = ':';
            System.arraycopy(secret, 0, both, name.length() + 1, secret.length);
            ByteBuffer utf8 = StandardCharsets.UTF_8.encode(CharBuffer.wrap(both));
            byte[] bytes = new byte[utf8.remaining()];
            utf8.get(bytes);
            Arrays.fill(secret, '\0');
            Arrays.fill(both, '\0');
            return "Basic " + Base64.getEncoder().encodeToString(bytes);
        }

        @Override
        public String toString() {
            return "User[" + name + "]";
        }
    }

    /** An API key in the form that Elasticsearch hands out as {@code encoded}. */
    record ApiKey(Secret encoded) implements Credentials {
        @Override
        public String authorization() {
            return "ApiKey " + new String(encoded.read());
        }

        @Override
        public String toString() {
            return "ApiKey";
        }
    }
}
