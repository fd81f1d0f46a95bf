package io.sluice.ingest.parse.declared;

import io.sluice.ingest.parse.declared.Directive.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A random format string of nginx or Apache.
 *
 * @param string as it is declared
 * @param head the literal before the first directive
 */
record WrittenFormat(ServerEscape escape, String string, String head, WrittenTime time, List<Piece> pieces) {
    private static final List<String> SEPARATORS = List.of(
            " ", "\t", " | ", "; ", ";", "|", " [", "] ", "^", " - ", " k=", ",", ", ", "/", ":", "--", "][", ")(", "%",
            "\" ", " \"", "\" \"", "\",\"", "é", "'");
    /** In which a value may stand that holds blanks. */
    private static final List<String> WRAPPED =
            List.of("\"\"", "\"\"", "\"\"", "\"\"", "[]", "||", "{}", "<>", "\t\t", "^^");

    private static final Set<Kind> ALWAYS_WITH_SLASH = Set.of(Kind.URI, Kind.PATH, Kind.TARGET, Kind.PROTOCOL);

    /** A directive and the literal behind it. */
    record Piece(Directive directive, String then) {}

    static WrittenFormat random(Random random) {
        ServerEscape escape = ServerEscape.values()[random.nextInt(ServerEscape.values().length)];
        WrittenTime time = WrittenTime.random(escape.isNginx(), random);
        List<Directive> chosen = chosen(escape, time, random);
        StringBuilder string = new StringBuilder(
                switch (escape) {
                    case NGINX_JSON -> "escape=json ";
                    case NGINX_NONE -> "escape=none ";
                    default -> "";
                });
        String head = random.nextInt(3) == 0 ? "log=" : "";
        List<Piece> pieces = new ArrayList<>();
        String opened = "";
        for (int i = 0; i < chosen.size(); i++) {
            Directive directive = chosen.get(i);
            String wrap = holdsBlanks(directive.kind()) ? WRAPPED.get(random.nextInt(WRAPPED.size())) : "";
            opened = wrap.isEmpty() ? "" : wrap.substring(0, 1);
            if (i == 0) {
                head += opened.isBlank() ? "log" + opened : opened;
            } else {
                Piece before = pieces.remove(i - 1);
                pieces.add(new Piece(before.directive(), before.then() + opened));
            }
            boolean last = i + 1 == chosen.size();
            String separator =
                    last && random.nextBoolean() || random.nextInt(25) == 0 ? "" : separator(directive.kind(), random);
            pieces.add(new Piece(directive, (wrap.isEmpty() ? "" : wrap.substring(1)) + separator));
        }
        string.append(declared(escape, head));
        for (Piece piece : pieces) {
            string.append(piece.directive().spelling()).append(declared(escape, piece.then()));
        }
        return new WrittenFormat(escape, spelled(escape, string.toString()), head, time, pieces);
    }

    /** Two to twelve of the server's directives, none of which claims what another does. */
    private static List<Directive> chosen(ServerEscape escape, WrittenTime time, Random random) {
        List<Directive> all = Directive.all(escape.isNginx(), random);
        Collections.shuffle(all, random);
        all.add(random.nextInt(3), new Directive(time.spelling(), Kind.TIME, "@timestamp"));
        Set<String> claimed = new HashSet<>();
        List<Directive> chosen = new ArrayList<>();
        int count = 2 + random.nextInt(11);
        for (Directive directive : all) {
            if (chosen.size() < count && Collections.disjoint(claimed, directive.claims())) {
                claimed.addAll(directive.claims());
                chosen.add(directive);
            }
        }
        Collections.shuffle(chosen, random);
        return chosen;
    }

    private static String separator(Kind before, Random random) {
        String separator = SEPARATORS.get(random.nextInt(SEPARATORS.size()));
        // Behind what always holds a slash, a slash separates nothing.
        return separator.equals("/") && ALWAYS_WITH_SLASH.contains(before) ? " " : separator;
    }

    private static boolean holdsBlanks(Kind kind) {
        return kind == Kind.FREE || kind == Kind.REQUEST || kind == Kind.COOKIE || kind == Kind.ADDRESSES;
    }

    /** A literal as a format string has it. A name that goes on behind a variable would be another one. */
    private static String declared(ServerEscape escape, String literal) {
        return escape.isNginx()
                ? literal
                : literal.replace("%", "%%")
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\t", "\\t");
    }

    private static String spelled(ServerEscape escape, String string) {
        // Apache's whole directive, and nginx's, as their configuration files have them.
        int options = string.startsWith("escape=") ? string.indexOf(' ') + 1 : 0;
        boolean quoted = "'\"".indexOf(string.charAt(options)) >= 0; // alone it would be a quoted piece
        if (string.hashCode() % 3 != 0 && !(escape.isNginx() && quoted)) {
            return string;
        }
        if (!escape.isNginx()) {
            return "LogFormat \"" + string + "\" usage";
        }
        return "log_format usage " + string.substring(0, options) + "'"
                + string.substring(options).replace("'", "\\'") + "';";
    }
}
