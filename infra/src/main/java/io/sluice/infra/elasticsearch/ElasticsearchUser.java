package io.sluice.infra.elasticsearch;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A user of the file realm.
 *
 * @param name login
 * @param password in the clear; only its hash is written
 * @param roles names from {@code roles.yml} or built in
 */
public record ElasticsearchUser(String name, String password, List<String> roles) {
    private static final int ITERATIONS = 10_000;
    private static final int SALT_BYTES = 32;
    private static final int HASH_BITS = 256;

    /** Copies the roles. */
    public ElasticsearchUser {
        roles = List.copyOf(roles);
    }

    /** The hash in the form of Elasticsearch's {@code pbkdf2}: {@code {PBKDF2}iterations$salt$hash}. */
    String hash(SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, HASH_BITS);
        try {
            byte[] hash = SecretKeyFactory.getInstance("PBKDF2withHMACSHA512")
                    .generateSecret(spec)
                    .getEncoded();
            Base64.Encoder base64 = Base64.getEncoder();
            return "{PBKDF2}" + ITERATIONS + "$" + base64.encodeToString(salt) + "$" + base64.encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("PBKDF2withHMACSHA512 is missing from this Java", e);
        } finally {
            spec.clearPassword();
        }
    }

    /** The value of an HTTP {@code Authorization} header for this user. */
    String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** Prints no password. */
    @Override
    public String toString() {
        return "ElasticsearchUser[" + name + ", " + roles + "]";
    }
}
