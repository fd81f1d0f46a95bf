package io.sluice.ingest.boundary;

import io.sluice.ingest.parse.Bytes;
import io.sluice.redaction.Cut;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cuts texts out of a record's bytes before it is sealed.
 *
 * <p>Guarantees: no text to be cut is left in what comes back, as it stands in the event or as JSON or an access log
 * writes it; if one is not found where it should be, because its source wrote it in a form of its own, nothing of the
 * record comes back but the note that it was cut. Texts of fewer than {@value #SHORT} characters are cut only between
 * quotes, for else they would take half of the record along.
 */
final class Cuts {
    private static final int SHORT = 4;
    private static final Bytes ALL = Bytes.of("<cut: a value to be cut stood in a form of its own>");

    private Cuts() {}

    /** The record without these texts; longer ones first. */
    static Bytes apply(Bytes record, List<Cut> cuts) {
        Bytes left = record;
        boolean any = false;
        for (Cut cut : cuts) {
            Bytes next = apply(left, cut);
            // A longer one may have taken it along. One that never stood there stands somewhere in a form of its own,
            // such as a tracker's Base64, however many others were found.
            boolean missing = next == left && (!any || cut.text().length() >= SHORT && apply(record, cut) == record);
            if (missing) {
                return ALL;
            }
            any = true;
            left = next;
        }
        return left;
    }

    private static Bytes apply(Bytes record, Cut cut) {
        Bytes left = record;
        for (String form : forms(cut.text())) {
            boolean quoted = cut.text().length() < SHORT;
            String text = quoted ? '"' + form + '"' : form;
            String replacement = quoted ? '"' + cut.replacement() + '"' : cut.replacement();
            left = without(left, text.getBytes(StandardCharsets.UTF_8), replacement.getBytes(StandardCharsets.UTF_8));
        }
        return left;
    }

    /** How a text may stand in a record: as it is, as JSON writes it, and as an access log escapes it. */
    private static Set<String> forms(String text) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(text);
        String json = escaped(text, "\\u%04x", false);
        forms.add(json);
        forms.add(escaped(text, "\\u%04x", true));
        forms.add(escaped(text, "\\u%04X", true));
        forms.add(json.replace("/", "\\/"));
        forms.add(escaped(text, "\\x%02x", false));
        forms.add(escaped(text, "\\x%02X", false));
        return forms;
    }

    private static String escaped(String text, String control, boolean ascii) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String named = named(c);
            if (named != null) {
                escaped.append(named);
            } else if (c < ' ' || ascii && c > '~') {
                escaped.append(String.format(control, (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static @Nullable String named(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            default -> null;
        };
    }

    private static Bytes without(Bytes record, byte[] cut, byte[] replacement) {
        int at = indexOf(record, cut, 0);
        if (at < 0) {
            return record;
        }
        ByteArrayOutputStream left = new ByteArrayOutputStream(record.length());
        int from = 0;
        while (at >= 0) {
            left.write(record.array(), record.from() + from, at - from);
            left.write(replacement, 0, replacement.length);
            from = at + cut.length;
            at = indexOf(record, cut, from);
        }
        left.write(record.array(), record.from() + from, record.length() - from);
        return Bytes.of(left.toByteArray());
    }

    private static int indexOf(Bytes record, byte[] cut, int from) {
        int last = record.to() - cut.length;
        byte[] array = record.array();
        for (int i = record.from() + from; i <= last; i++) {
            if (array[i] == cut[0] && Arrays.equals(array, i, i + cut.length, cut, 0, cut.length)) {
                return i - record.from();
            }
        }
        return -1;
    }
}
