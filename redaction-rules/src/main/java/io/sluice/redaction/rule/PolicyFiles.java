package io.sluice.redaction.rule;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a policy and of those it extends, as it goes through the topic {@code policies}.
 *
 * @param main name of the file that is the policy
 * @param files all files, by name
 */
public record PolicyFiles(String main, SortedMap<String, String> files) {
    /** The policy that counts when none is named. */
    public static final String DEFAULT = "ottomatiq-2024-01-10";

    private static final Pattern EXTENDS = Pattern.compile("(?m)^extends:\\s*([A-Za-z0-9._-]+)\\s*$");

    /** A shipped policy with those it extends, or empty if there is none of that name. */
    public static Optional<PolicyFiles> shipped(String version) {
        SortedMap<String, String> files = new TreeMap<>();
        return addShipped(version, files) ? Optional.of(new PolicyFiles(version + ".yaml", files)) : Optional.empty();
    }

    /**
     * A policy of a file, with the shipped ones it extends.
     *
     * @throws IOException if the file cannot be read
     */
    public static PolicyFiles of(Path file) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        String text = Files.readString(file);
        String name = file.getFileName().toString();
        files.put(name, text);
        addBase(text, files);
        return new PolicyFiles(name, files);
    }

    private static boolean addShipped(String version, SortedMap<String, String> files) {
        String name = version + ".yaml";
        if (!version.matches("[A-Za-z0-9._-]+") || files.containsKey(name)) {
            return files.containsKey(name);
        }
        try (InputStream in = PolicyFiles.class.getResourceAsStream("/io/sluice/redaction/policies/" + name)) {
            if (in == null) {
                return false;
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            files.put(name, text);
            addBase(text, files);
            return true;
        } catch (IOException e) {
            throw new IllegalStateException("the shipped policy " + version + " cannot be read", e);
        }
    }

    private static void addBase(String text, SortedMap<String, String> files) {
        Matcher base = EXTENDS.matcher(text);
        if (base.find()) {
            addShipped(base.group(1), files);
        }
    }

    /** SHA-256 over names and contents, hex. */
    public String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, String> file : files.entrySet()) {
                digest.update((file.getKey() + '\0' + file.getValue() + '\0').getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }
}
