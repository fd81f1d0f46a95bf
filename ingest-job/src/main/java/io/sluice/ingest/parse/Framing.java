package io.sluice.ingest.parse;

/** How the value of one Kafka record, or a file, is cut into records. */
public sealed interface Framing {
    /** Lines; continuation lines are joined to the line before. */
    record Line() implements Framing {}

    /** All of it is one record. */
    record Whole() implements Framing {}

    /** Each line is JSON, and the string at this pointer (RFC 6901) is the record. */
    record JsonLines(String pointer) implements Framing {}

    Framing LINE = new Line();
    Framing WHOLE = new Whole();

    /**
     * @param name {@code line}, {@code file} or {@code jsonl:POINTER}
     * @throws IllegalArgumentException naming what is allowed
     */
    static Framing parse(String name) {
        if (name.equals("line")) {
            return LINE;
        }
        if (name.equals("file")) {
            return WHOLE;
        }
        if (name.startsWith("jsonl:") && (name.length() == 6 || name.charAt(6) == '/')) {
            return new JsonLines(name.substring(6));
        }
        throw new IllegalArgumentException("framing is line, file or jsonl:POINTER (such as jsonl:/message)");
    }

    /** The name that {@link #parse} takes. */
    default String label() {
        if (this instanceof JsonLines lines) {
            return "jsonl:" + lines.pointer();
        }
        return this instanceof Whole ? "file" : "line";
    }
}
