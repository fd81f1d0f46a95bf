package io.sluice.redaction.rule;

import io.sluice.redaction.yaml.Problems;
import io.sluice.redaction.yaml.YamlValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The text of a policy, of those it extends and of its detectors, as it goes through the topic {@code policies}.
 *
 * @param main name of the file that is the policy
 * @param files all files, by name; those of detectors by their path from the policy's folder
 */
public record PolicyFiles(String main, SortedMap<String, String> files) {
    /** The policy that counts when none is named. */
    public static final String DEFAULT = "ottomatiq-2024-01-10";

    /** All that are shipped. */
    public static final List<String> SHIPPED = List.of(DEFAULT, "ottomatiq-2024-01-10-optin");

    private static final String SUFFIX = ".yaml";

    /** A shipped policy with those it extends, or empty if there is none of that name. */
    public static Optional<PolicyFiles> shipped(String version) {
        SortedMap<String, String> files = new TreeMap<>();
        return addShipped(version, files) ? Optional.of(new PolicyFiles(version + SUFFIX, files)) : Optional.empty();
    }

    /**
     * A policy of a file, with the shipped ones it extends and its own detectors.
     *
     * @throws IOException if the file cannot be read; a file of detectors that is not there is the reader's to report
     */
    public static PolicyFiles of(Path file) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        String text = Files.readString(file);
        String name = file.getFileName().toString();
        files.put(name, text);
        addBase(text, files);
        Path folder = file.toAbsolutePath().normalize().resolveSibling("");
        for (String detectors : named(text, "detectors")) {
            Path path = folder.resolve(detectors).normalize();
            if (path.startsWith(folder) && Files.isRegularFile(path)) {
                files.put(detectors, Files.readString(path));
            }
        }
        return new PolicyFiles(name, files);
    }

    /**
     * The policies that stand beside a file, and those that are shipped: none of them may have its id and other content.
     *
     * @throws IOException if the folder cannot be read
     */
    public static List<PolicyFiles> beside(Path file) throws IOException {
        List<PolicyFiles> beside = new ArrayList<>();
        for (String version : SHIPPED) {
            shipped(version).ifPresent(beside::add);
        }
        Path own = file.toAbsolutePath().normalize();
        try (Stream<Path> others = Files.list(own.getParent())) {
            for (Path other : others.filter(path -> path.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList()) {
                if (!other.equals(own) && Files.isRegularFile(other)) {
                    policy(other).ifPresent(beside::add);
                }
            }
        }
        return beside;
    }

    /** The policy in a file, if there is one in it: configurations stand in such folders too. */
    private static Optional<PolicyFiles> policy(Path file) throws IOException {
        try {
            YamlValue root = YamlValue.read("", Files.readString(file), new Problems());
            boolean policy = root != null
                    && root.isMap()
                    && root.members().keySet().stream().anyMatch(Set.of("extends", "routes", "fields")::contains);
            return policy ? Optional.of(of(file)) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean addShipped(String version, SortedMap<String, String> files) {
        String name = version + SUFFIX;
        if (!SHIPPED.contains(version) || files.containsKey(name)) {
            return files.containsKey(name);
        }
        try (InputStream in = PolicyFiles.class.getResourceAsStream("/io/sluice/redaction/policies/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the shipped policy " + version + " is not in the jar; build it again");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            files.put(name, text);
            // In what is shipped a key stands as it is read; taking it apart takes as long as a thousand records.
            if (text.contains("extends")) {
                addBase(text, files);
            }
            return true;
        } catch (IOException e) {
            throw new IllegalStateException("the shipped policy " + version + " cannot be read", e);
        }
    }

    private static void addBase(String text, SortedMap<String, String> files) {
        named(text, "extends").forEach(base -> addShipped(base, files));
    }

    /** The names in one section of a policy; what is wrong with it is the reader's to say. */
    private static List<String> named(String text, String section) {
        YamlValue root = YamlValue.read("", text, new Problems());
        YamlValue at = root == null || !root.isMap() ? null : root.members().get(section);
        return at == null ? List.of() : at.texts();
    }

    /** Its id, if it says one. */
    public Optional<String> id() {
        return named(files.getOrDefault(main, ""), "policy").stream().findFirst();
    }

    /** The same with its own file under the name {@code VERSION.yaml}, by which readers of the topic find it. */
    public PolicyFiles named(String version) {
        TreeMap<String, String> renamed = new TreeMap<>(files);
        String own = renamed.remove(main);
        if (own == null) {
            throw new IllegalArgumentException("the policy " + version + " lacks its own file");
        }
        renamed.put(version + SUFFIX, own);
        return new PolicyFiles(version + SUFFIX, renamed);
    }

    /** Whether it is, to the letter, one that is shipped. */
    boolean isShipped() {
        return main.endsWith(SUFFIX)
                && shipped(main.substring(0, main.length() - SUFFIX.length()))
                        .filter(this::equals)
                        .isPresent();
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
