package io.sluice.keys;

import com.google.crypto.tink.TinkProtoKeysetFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The public halves of the vault's buckets: one file per day, a line {@code BUCKET KEYSET} for each bucket that is not
 * destroyed, the public Tink keyset in base64.
 *
 * @param folder where they are
 */
record PublicHalves(KeyFolder folder) {
    BucketKey read(Bucket bucket) {
        try {
            Optional<byte[]> content = folder.read(bucket.day().toString());
            if (content.isEmpty()) {
                throw new KeyUnavailable(KeyKind.key(bucket), KeyUnavailable.Why.NOT_MADE);
            }
            String keyset = lines(content.get()).get(bucket.name());
            if (keyset == null) {
                throw new KeyUnavailable(KeyKind.key(bucket), KeyUnavailable.Why.DESTROYED);
            }
            return TinkKeys.asBucketKey(TinkProtoKeysetFormat.parseKeysetWithoutSecret(
                    Base64.getDecoder().decode(keyset)));
        } catch (IOException e) {
            throw new KeyStoreFailure("The public key of " + bucket + " cannot be read (" + e + ")", e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new KeyStoreFailure(
                    "The public keys " + folder.file(bucket.day().toString())
                            + " are damaged; remove that file and restart the server, which makes it again");
        }
    }

    /** Writes the file of a day. */
    void write(LocalDate day, Map<Bucket, byte[]> keysets) throws IOException {
        StringBuilder lines = new StringBuilder();
        keysets.forEach((bucket, keyset) -> lines.append(bucket.name())
                .append(' ')
                .append(Base64.getEncoder().encodeToString(keyset))
                .append('\n'));
        folder.replace(day.toString(), lines.toString().getBytes(StandardCharsets.US_ASCII));
    }

    boolean has(LocalDate day) throws IOException {
        return folder.read(day.toString()).isPresent();
    }

    private static Map<String, String> lines(byte[] content) {
        Map<String, String> lines = new TreeMap<>();
        for (String line : new String(content, StandardCharsets.US_ASCII).split("\n", -1)) {
            int space = line.indexOf(' ');
            if (space > 0) {
                lines.put(line.substring(0, space), line.substring(space + 1));
            }
        }
        return lines;
    }
}
