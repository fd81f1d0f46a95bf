package io.sluice.redaction.url;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The declared forms of a dataset's paths; what matches none is {@code (other)}.
 *
 * <p>A template is made of segments: a word stands for itself, {@code :name} for any one segment, and {@code *} at the
 * end for all that follow. Words win over names, names over {@code *}. What leaves is the template, so no part of a path
 * ever does. Immutable and thread-safe.
 */
public final class PathTemplates {
    private final Node root = new Node();
    private final List<PathRule> rules;

    /** @throws IllegalArgumentException if two templates are alike but for the names of their parameters */
    public PathTemplates(List<PathRule> rules) {
        this.rules = List.copyOf(rules);
        for (PathRule rule : rules) {
            add(rule);
        }
    }

    /** The declared paths, in the order of the policy. */
    public List<PathRule> rules() {
        return rules;
    }

    private static final class Node {
        private final Map<String, Node> words = new HashMap<>();
        private @Nullable Node any;
        private @Nullable PathRule rule;
        private @Nullable PathRule rest;
        private boolean anyIsPersonal;
    }

    private void add(PathRule rule) {
        Node node = root;
        for (String segment : segments(rule.template())) {
            if (segment.equals("*")) {
                node.rest = free(node.rest, rule);
                return;
            }
            if (segment.startsWith(":")) {
                Node next = node.any == null ? new Node() : node.any;
                node.any = next;
                node.anyIsPersonal |= rule.parameters().containsKey(segment.substring(1));
                node = next;
            } else {
                node = node.words.computeIfAbsent(segment, word -> new Node());
            }
        }
        node.rule = free(node.rule, rule);
    }

    private static PathRule free(@Nullable PathRule taken, PathRule rule) {
        if (taken != null) {
            throw new IllegalArgumentException(rule.template() + " matches the same paths as " + taken.template());
        }
        return rule;
    }

    /** The rule that a path matches, or null. */
    public @Nullable PathRule match(String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return null;
        }
        List<String> segments = segments(path);
        for (int i = 0; i < segments.size(); i++) {
            String word = word(segments.get(i));
            if (word.isEmpty() || word.equals(".") || word.equals("..") || word.indexOf('/') >= 0) {
                return null;
            }
            segments.set(i, word);
        }
        return match(root, segments, 0);
    }

    private static @Nullable PathRule match(Node node, List<String> segments, int at) {
        if (at == segments.size()) {
            return node.rule;
        }
        Node word = node.words.get(segments.get(at));
        PathRule found = word == null ? null : match(word, segments, at + 1);
        if (found == null && node.any != null) {
            found = match(node.any, segments, at + 1);
        }
        return found != null ? found : node.rest;
    }

    /**
     * Where in a path without template personal data may begin: at the segment in whose place a template that begins
     * alike has a parameter to be cut out. Segments that say nothing are passed over.
     *
     * @return an index into the path, or -1 if no template begins so
     */
    public int personalFrom(String path) {
        Node node = root;
        int from = 1;
        while (node != null && from < path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            String word = word(path.substring(from, to));
            if (!word.isEmpty() && !word.equals(".") && !word.equals("..")) {
                Node next = node.words.get(word);
                if (next == null && node.anyIsPersonal) {
                    return from;
                }
                node = next == null ? node.any : next;
            }
            from = to + 1;
        }
        return -1;
    }

    private static String word(String segment) {
        int semicolon = segment.indexOf(';');
        return PercentCoding.decode(semicolon < 0 ? segment : segment.substring(0, semicolon));
    }

    /** The segments between slashes; a slash at the end adds none. */
    public static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(6);
        int from = 1;
        while (from < path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            segments.add(path.substring(from, to));
            from = to + 1;
        }
        return segments;
    }

    /**
     * The shape of a path without template, so that one can be written for it: letters as {@code a}, digits as
     * {@code 9}, anything else but {@code . - _} as {@code ~}, at most eight segments. Holds no value.
     */
    public static String shape(String path) {
        StringBuilder shape = new StringBuilder();
        int slashes = 0;
        char last = 0;
        for (int i = 0; i < path.length() && shape.length() < 64; i++) {
            char c = path.charAt(i);
            char kind = c == '/' || c == '.' || c == '-' || c == '_'
                    ? c
                    : c >= '0' && c <= '9' ? '9' : Character.isLetter(c) ? 'a' : '~';
            if (c == '/' && ++slashes > 8) {
                return shape.append("/…").toString();
            }
            if (kind != last) {
                shape.append(kind);
                last = kind;
            }
        }
        return shape.toString();
    }
}
