package io.sluice.console.accounts;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password's Argon2id hash in the PHC string form, with its own salt and parameters.
 *
 * <p>Argon2id with 19 MiB, two passes and one lane is the first of the settings that OWASP's Password Storage Cheat
 * Sheet asks for. scrypt at the strength of the same page needs 128 MiB for each login that is being checked, which a
 * server beside Kafka, Flink and Elasticsearch on one machine should not take.
 *
 * <p>Guarantees: a stored hash keeps its own parameters, so that stronger ones can be introduced without a migration;
 * the comparison takes the same time whatever differs. Does not guarantee: anything about a weak password.
 */
public final class PasswordHash {
    /** Length of a salt in bytes (RFC 9106, section 3.1). */
    public static final int SALT_LENGTH = 16;

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_LENGTH = 32;
    private static final Pattern PHC =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{22,86})"
                    + "\\$([A-Za-z0-9+/]{43})");

    private final int memoryKib;
    private final int passes;
    private final int lanes;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int memoryKib, int passes, int lanes, byte[] salt, byte[] hash) {
        this.memoryKib = memoryKib;
        this.passes = passes;
        this.lanes = lanes;
        this.salt = salt;
        this.hash = hash;
    }

    /**
     * The hash of a password under today's parameters; takes about a tenth of a second of one core.
     *
     * @param salt {@link #SALT_LENGTH} random bytes
     */
    public static PasswordHash of(char[] password, byte[] salt) {
        byte[] hash = derive(password, MEMORY_KIB, PASSES, LANES, salt);
        return new PasswordHash(MEMORY_KIB, PASSES, LANES, salt.clone(), hash);
    }

    /**
     * Reads what {@link #encoded()} wrote.
     *
     * @throws IllegalArgumentException if it is not an Argon2id hash; the message does not repeat it
     */
    public static PasswordHash parse(String encoded) {
        Matcher matcher = PHC.matcher(encoded);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not an argon2id password hash");
        }
        Base64.Decoder decoder = Base64.getDecoder();
        return new PasswordHash(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                decoder.decode(matcher.group(4)),
                decoder.decode(matcher.group(5)));
    }

    /** The PHC string: algorithm, version, parameters, salt and hash. */
    public String encoded() {
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + memoryKib + ",t=" + passes + ",p=" + lanes + "$" + encoder.encodeToString(salt)
                + "$" + encoder.encodeToString(hash);
    }

    /** Whether this is the hash of that password; constant-time in what is compared. */
    public boolean matches(char[] password) {
        return MessageDigest.isEqual(hash, derive(password, memoryKib, passes, lanes, salt));
    }

    private static byte[] derive(char[] password, int memoryKib, int passes, int lanes, byte[] salt) {
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build();
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        byte[] derived = new byte[HASH_LENGTH];
        generator.generateBytes(bytes, derived);
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(encoded.array(), (byte) 0);
        return derived;
    }

    @Override
    public String toString() {
        return "PasswordHash";
    }
}
