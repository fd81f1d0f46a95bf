package io.sluice.ingest.enrich;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads off a regular expression some literals of which each of its matches holds one, so that a text without them need
 * not be tried. Knows what uap-core's expressions are made of; of any that holds more it says nothing.
 */
final class RequiredLiterals {
    /** Shorter ones stand in too many texts to be worth looking for. */
    private static final int SHORTEST = 3;

    private final String regex;
    private int at;

    private RequiredLiterals(String regex) {
        this.regex = regex;
    }

    /** The literals in lower case, or null if none are known to be required. */
    static @Nullable List<String> of(String regex) {
        RequiredLiterals reader = new RequiredLiterals(regex);
        List<String> literals = reader.alternatives();
        return reader.at == regex.length() ? literals : null;
    }

    /** Branches up to a closing bracket or the end: together what all of them require, if each requires something. */
    private @Nullable List<String> alternatives() {
        List<String> all = new ArrayList<>();
        boolean each = true;
        while (true) {
            List<String> branch = new Branch().read();
            each &= branch != null;
            if (branch != null) {
                all.addAll(branch);
            }
            if (at >= regex.length() || regex.charAt(at) != '|') {
                return each ? all : null;
            }
            at++;
        }
    }

    /** One branch: of what its parts require, the one whose shortest literal is the longest. */
    private final class Branch {
        private final StringBuilder run = new StringBuilder();
        private @Nullable List<String> best;

        @Nullable
        List<String> read() {
            while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
                char c = regex.charAt(at);
                if (c == '(') {
                    group();
                } else if (isLetterInBothCases()) {
                    char letter = regex.charAt(at + 1);
                    at += 4;
                    literal(letter);
                } else if (c == '[') {
                    characterClass();
                    endRun();
                    quantifier();
                } else if (c == '\\') {
                    escape();
                } else {
                    at++;
                    if (c == '.' || c == '^' || c == '$') {
                        endRun();
                        quantifier();
                    } else {
                        literal(c);
                    }
                }
            }
            endRun();
            return best;
        }

        private void group() {
            endRun();
            at += regex.startsWith("(?:", at) ? 3 : 1;
            if (at < regex.length() && regex.charAt(at) == '?') {
                at = regex.length() + 1; // a construct that is not known here: nothing is said of this expression
                return;
            }
            List<String> inner = alternatives();
            at++;
            if (!quantifier().optional() && inner != null) {
                offer(inner);
            }
        }

        /** As in {@code [Bb]ot}: texts are searched without regard to case. */
        private boolean isLetterInBothCases() {
            return regex.startsWith("[", at)
                    && regex.startsWith("]", at + 3)
                    && Character.isLetter(regex.charAt(at + 1))
                    && Character.toLowerCase(regex.charAt(at + 1)) == Character.toLowerCase(regex.charAt(at + 2));
        }

        private void characterClass() {
            at += regex.startsWith("[^", at) ? 2 : 1;
            boolean first = true;
            while (at < regex.length() && (first || regex.charAt(at) != ']')) {
                at += regex.charAt(at) == '\\' ? 2 : 1;
                first = false;
            }
            at++;
        }

        private void escape() {
            char c = at + 1 < regex.length() ? regex.charAt(at + 1) : '\\';
            at += 2;
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
                endRun();
                quantifier();
            } else {
                literal(c);
            }
        }

        private void literal(char c) {
            Quantifier quantifier = quantifier();
            if (quantifier.optional() || !WordAutomaton.knows(c)) {
                endRun();
                return;
            }
            run.append(c);
            if (quantifier.present()) {
                endRun();
            }
        }

        private void endRun() {
            if (run.length() >= SHORTEST) {
                offer(List.of(run.toString().toLowerCase(Locale.ROOT)));
            }
            run.setLength(0);
        }

        private void offer(List<String> literals) {
            if (best == null || shortest(literals) > shortest(best)) {
                best = literals;
            }
        }
    }

    private static int shortest(List<String> literals) {
        return literals.stream().mapToInt(String::length).min().orElse(0);
    }

    private record Quantifier(boolean present, boolean optional) {}

    /** What stands behind a part, if it is a quantifier. */
    private Quantifier quantifier() {
        char c = at < regex.length() ? regex.charAt(at) : 'x';
        boolean optional = c == '?' || c == '*';
        if (c == '{') {
            optional = regex.startsWith("{0", at);
            at = Math.max(regex.indexOf('}', at), at) + 1;
        } else if (optional || c == '+') {
            at++;
        } else {
            return new Quantifier(false, false);
        }
        if (at < regex.length() && (regex.charAt(at) == '?' || regex.charAt(at) == '+')) {
            at++; // reluctant or possessive
        }
        return new Quantifier(true, optional);
    }
}
