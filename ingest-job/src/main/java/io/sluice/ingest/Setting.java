package io.sluice.ingest;

import io.sluice.redaction.yaml.Problem;
import io.sluice.redaction.yaml.Problems;
import io.sluice.redaction.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One value that somebody wrote, in the file or in the environment, and where.
 *
 * <p>May be a secret, so it prints its place.
 *
 * @param file name of the file, or of the environment's variable
 * @param line line, from 1
 * @param column column, from 1
 * @param written as it was written, references and all
 */
public record Setting(String file, int line, int column, String written) {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]*)}");

    /** The value at a place of a file. */
    public static Setting of(YamlValue value) {
        return new Setting(value.file(), value.line(), value.column(), value.text());
    }

    static Setting ofEnvironment(String variable, String value) {
        return new Setting("the environment variable " + variable, 1, 1, value);
    }

    void complain(Problems problems, String what) {
        problems.add(new Problem(file, line, column, what, null));
    }

    void complain(Problems problems, String what, String wrong, Collection<String> allowed) {
        problems.add(new Problem(file, line, column, what, Problems.nearest(wrong, allowed)));
    }

    /** What a setting consists of, if it is one reference and nothing else: its kind and its name. */
    record Reference(String kind, String name) {}

    @Nullable
    Reference reference() {
        Matcher matcher = REFERENCE.matcher(written);
        return matcher.matches() ? new Reference(matcher.group(1), matcher.group(2)) : null;
    }

    /** The value with {@code ${env:NAME}} and {@code ${file:PATH}} replaced by what they stand for. */
    public String resolve(Path folder, Map<String, String> environment, Problems problems) {
        Matcher matcher = REFERENCE.matcher(written);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            String value = matcher.group(1).equals("env")
                    ? variable(matcher.group(2), environment, problems)
                    : contents(folder.resolve(matcher.group(2)), problems);
            matcher.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(text).toString();
    }

    private String variable(String name, Map<String, String> environment, Problems problems) {
        String value = environment.get(name);
        if (value == null) {
            complain(problems, "the environment has no variable " + name);
            return "";
        }
        return value;
    }

    private String contents(Path path, Problems problems) {
        try {
            return Files.readString(path).stripTrailing();
        } catch (IOException e) {
            complain(problems, "the file " + path + " cannot be read");
            return "";
        }
    }

    @Override
    public String toString() {
        return "Setting[" + file + ":" + line + ":" + column + "]";
    }
}
