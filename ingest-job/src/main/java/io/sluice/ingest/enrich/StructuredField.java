package io.sluice.ingest.enrich;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the structured fields (RFC 9651) of which User-Agent Client Hints consist: a string, a boolean, and a list of
 * strings with the parameter {@code v}. As the RFC wants it, a field with a fault anywhere says nothing: null. Total, and
 * linear in the length. Not thread-safe: one for each text.
 */
final class StructuredField {
    /** A browser writes three or four. */
    private static final int MOST_MEMBERS = 16;

    private final String text;
    private int at;
    private boolean faulty;

    private StructuredField(String text) {
        this.text = text;
    }

    /**
     * One brand of a list.
     *
     * @param name as the browser writes it
     * @param version as the browser writes it; null without one
     */
    record Brand(String name, @Nullable String version) {}

    /** The brands of {@code Sec-CH-UA} or {@code Sec-CH-UA-Full-Version-List}. */
    static @Nullable List<Brand> brands(String text) {
        StructuredField field = new StructuredField(text);
        List<Brand> brands = new ArrayList<>();
        field.skip(' ');
        do {
            field.blanks();
            String name = field.string();
            String version = field.parameters();
            brands.add(new Brand(name, version));
            field.blanks();
        } while (brands.size() < MOST_MEMBERS && field.takes(','));
        return field.isWhole() ? brands : null;
    }

    /** The string of {@code Sec-CH-UA-Platform}. */
    static @Nullable String string(String text) {
        StructuredField field = new StructuredField(text);
        field.skip(' ');
        String string = field.string();
        field.parameters();
        field.skip(' ');
        return field.isWhole() ? string : null;
    }

    /** The boolean of {@code Sec-CH-UA-Mobile}. */
    static @Nullable Boolean flag(String text) {
        StructuredField field = new StructuredField(text);
        field.skip(' ');
        boolean set = field.flag();
        field.parameters();
        field.skip(' ');
        return field.isWhole() ? set : null;
    }

    private boolean isWhole() {
        return !faulty && at == text.length();
    }

    private boolean takes(char c) {
        boolean there = !faulty && at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char c) {
        faulty |= !takes(c);
    }

    private void skip(char c) {
        while (takes(c)) {
            // Nothing is made of it.
        }
    }

    private void blanks() {
        while (takes(' ') || takes('\t')) {
            // Nothing is made of it.
        }
    }

    private boolean flag() {
        expect('?');
        boolean set = takes('1');
        if (!set) {
            expect('0');
        }
        return set;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        expect('"');
        while (!faulty && !takes('"')) {
            boolean escaped = takes('\\');
            char c = at < text.length() ? text.charAt(at++) : 0;
            faulty |= c < ' ' || c > '~' || (escaped && c != '"' && c != '\\');
            string.append(c);
        }
        return string.toString();
    }

    /** What the parameter {@code v} says, the last one if there are several; null if there is none. */
    private @Nullable String parameters() {
        String version = null;
        while (takes(';')) {
            skip(' ');
            int from = at;
            run("abcdefghijklmnopqrstuvwxyz0123456789_-.*");
            String key = text.substring(from, at);
            faulty |= key.isEmpty() || "0123456789_-.".indexOf(key.charAt(0)) >= 0;
            String value = takes('=') ? value() : null;
            version = key.equals("v") ? value : version;
        }
        return version;
    }

    /** The text of a string; null for a value of another type, of which no version is made. */
    private @Nullable String value() {
        char first = at < text.length() ? text.charAt(at) : 0;
        if (first == '"') {
            return string();
        } else if (first == '?') {
            flag();
        } else {
            // A token or a number; what cannot stand in one is found to be left over.
            int from = at;
            run("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~:/");
            faulty |= at == from;
        }
        return null;
    }

    private void run(String characters) {
        while (!faulty && at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
