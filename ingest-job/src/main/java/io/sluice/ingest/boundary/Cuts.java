package io.sluice.ingest.boundary;

import io.sluice.ingest.parse.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts texts out of a record's bytes before it is sealed.
 *
 * <p>Guarantees: no cut text is left in what comes back, as it stands in the event or as JSON writes it; if one is not
 * found where it should be (for its source wrote it in a form of its own), nothing of the record comes back but the note
 * that it was cut.
 */
final class Cuts {
    private static final byte[] MARK = "<cut>".getBytes(StandardCharsets.US_ASCII);
    private static final Bytes ALL = Bytes.of("<cut: a value to be cut stood in a form of its own>");

    private Cuts() {}

    /** The record without these texts; longer ones first. */
    static Bytes apply(Bytes record, List<String> texts) {
        Bytes left = record;
        for (String text : texts) {
            left = cut(left, text);
            if (left == ALL) {
                return ALL;
            }
        }
        return left;
    }

    private static Bytes cut(Bytes record, String text) {
        Bytes left = record;
        boolean found = false;
        for (byte[] form : forms(text)) {
            Bytes next = without(left, form);
            found |= next != left;
            left = next;
        }
        // An earlier cut may have taken it along; what must not be is that it is still there in another spelling.
        boolean mayBeElsewhere = !found && record.text().indexOf("<cut>") < 0;
        return mayBeElsewhere ? ALL : left;
    }

    /** How a text may stand in a record: as it is, and as JSON may write it. */
    private static List<byte[]> forms(String text) {
        List<byte[]> forms = new ArrayList<>();
        forms.add(text.getBytes(StandardCharsets.UTF_8));
        StringBuilder json = new StringBuilder();
        StringBuilder ascii = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String escaped = c == '"' || c == '\\' ? "\\" + c : c == '\n' ? "\\n" : c == '\t' ? "\\t" : c == '\r' ? "\\r" : "" + c;
            json.append(escaped);
            ascii.append(c > '~' || c < ' ' && escaped.length() == 1 ? String.format("\\u%04x", (int) c) : escaped);
        }
        add(forms, text, json.toString());
        add(forms, text, ascii.toString());
        add(forms, text, json.toString().replace("/", "\\/"));
        return forms;
    }

    private static void add(List<byte[]> forms, String text, String form) {
        if (!form.equals(text)) {
            forms.add(form.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Bytes without(Bytes record, byte[] cut) {
        int at = indexOf(record, cut, 0);
        if (cut.length == 0 || at < 0) {
            return record;
        }
        ByteArrayOutputStream left = new ByteArrayOutputStream(record.length());
        int from = 0;
        while (at >= 0) {
            left.write(record.array(), record.from() + from, at - from);
            left.write(MARK, 0, MARK.length);
            from = at + cut.length;
            at = indexOf(record, cut, from);
        }
        left.write(record.array(), record.from() + from, record.length() - from);
        return Bytes.of(left.toByteArray());
    }

    private static int indexOf(Bytes record, byte[] cut, int from) {
        if (cut.length == 0) {
            return -1;
        }
        int last = record.to() - cut.length;
        byte[] array = record.array();
        byte first = cut[0];
        for (int i = record.from() + from; i <= last; i++) {
            if (array[i] == first && java.util.Arrays.equals(array, i, i + cut.length, cut, 0, cut.length)) {
                return i - record.from();
            }
        }
        return -1;
    }
}
