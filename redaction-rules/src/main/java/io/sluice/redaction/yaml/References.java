package io.sluice.redaction.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads texts of a configuration in which {@code ${file:NAME}} stands for the text of a file without its last line end,
 * and {@code ${env:NAME}} for a variable of the environment; so that a secret need not stand in the file itself.
 *
 * <p>A problem it reports names the place and never the secret. Not thread-safe.
 *
 * @param folder where relative names begin
 * @param environment the variables
 * @param problems where it is said that one is missing
 */
public record References(Path folder, Map<String, String> environment, Problems problems) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(file|env):([^}]*)}");

    /** The text with every reference replaced. */
    public String text(YamlValue at) {
        Matcher reference = REFERENCE.matcher(at.text());
        StringBuilder text = new StringBuilder();
        while (reference.find()) {
            String secret =
                    reference.group(1).equals("env") ? variable(at, reference.group(2)) : file(at, reference.group(2));
            reference.appendReplacement(text, Matcher.quoteReplacement(secret));
        }
        return reference.appendTail(text).toString();
    }

    private String variable(YamlValue at, String name) {
        String value = environment.get(name);
        if (value == null) {
            problems.add(at, "the environment has no variable " + name);
            return "";
        }
        return value;
    }

    private String file(YamlValue at, String name) {
        try {
            return Files.readString(folder.resolve(name)).stripTrailing();
        } catch (IOException e) {
            problems.add(at, "the file " + name + " cannot be read; look at its path and rights");
            return "";
        }
    }

    @Override
    public String toString() {
        return "References[" + folder + "]";
    }
}
