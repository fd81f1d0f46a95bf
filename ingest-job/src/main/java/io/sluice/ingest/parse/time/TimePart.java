package io.sluice.ingest.parse.time;

import io.sluice.ingest.parse.CivilTime;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One piece of a {@link TimePattern}: a character, or a number or name with a meaning. */
sealed interface TimePart {
    /** The index behind the piece at {@code at}, or -1. */
    int read(byte[] a, int at, int to, TimeParts into);

    /** A character that stands for itself. */
    record Literal(char c) implements TimePart {
        @Override
        public int read(byte[] a, int at, int to, TimeParts into) {
            return at < to && a[at] == (byte) c ? at + 1 : -1;
        }
    }

    /** A part of the time. */
    enum Field implements TimePart {
        YEAR {
            @Override
            public int read(byte[] a, int at, int to, TimeParts into) {
                into.year = number(a, at, to, 4);
                return into.year < 0 ? -1 : at + 4;
            }
        },
        /** Two digits: 1970 to 2069. */
        SHORT_YEAR {
            @Override
            public int read(byte[] a, int at, int to, TimeParts into) {
                int year = number(a, at, to, 2);
                into.year = year < 70 ? 2000 + year : 1900 + year;
                return year < 0 ? -1 : at + 2;
            }
        },
        MONTH {
            @Override
            public int read(byte[] a, int at, int to, TimeParts into) {
                into.month = number(a, at, to, 2);
                return into.month < 0 ? -1 : at + 2;
            }
        },
        MONTH_NAME {
            @Override
            public int read(byte[] a, int at, int to, TimeParts into) {
                int month = nameAt(a, at, to, MONTHS);
                into.month = month + 1;
                return month < 0 ? -1 : wordEnd(a, at + 3, to);
            }
        },
        DAY {
            @Override
            public int read(byte[] a, int at, int to, TimeParts into) {
                into.day = number(a, at, to, 2);
                return into.day < 0 ? -1 : at + 2;
            }
        },
        /** One or two digits, padded with a space or not. */
        LOOSE_DAY {
            @Override
            public int read(byte[] a, int at, int to, TimeParts into) {
                int from = at < to && a[at] == ' ' ? at + 1 : at;
                int digits = digits(a, from, to, 2);
                into.day = number(a, from, to, digits);
                return digits == 0 ? -1 : from + digits;
            }
        },
        DAY_OF_YEAR {
            @Override
            public int read(byte[] a, int at, int to, TimeParts into) {
                into.dayOfYear = number(a, at, to, 3);
                return into.dayOfYear < 0 ? -1 : at + 3;
            }
        },
        WEEKDAY {
            @Override
            public int read(byte[] a, int at, int to, TimeParts into) {
                return nameAt(a, at, to, WEEKDAYS) < 0 ? -1 : wordEnd(a, at + 3, to);
            }
        },
        HOUR {
            @Override
            public int read(byte[] a, int at, int to, TimeParts into) {
                into.hour = number(a, at, to, 2);
                return into.hour < 0 ? -1 : at + 2;
            }
        },
        /** One or two digits, padded with a space or not. */
        LOOSE_HOUR {
            @Override
            public int read(byte[] a, int at, int to, TimeParts into) {
                int from = at < to && a[at] == ' ' ? at + 1 : at;
                int digits = digits(a, from, to, 2);
                into.hour = number(a, from, to, digits);
                return digits == 0 ? -1 : from + digits;
            }
        },
        HALF {
            @Override
            public int read(byte[] a, int at, int to, TimeParts into) {
                if (at + 2 > to || (a[at + 1] | 0x20) != 'm') {
                    return -1;
                }
                int first = a[at] | 0x20;
                into.half = first == 'p' ? 1 : 0;
                return first == 'a' || first == 'p' ? at + 2 : -1;
            }
        },
        MINUTE {
            @Override
            public int read(byte[] a, int at, int to, TimeParts into) {
                into.minute = number(a, at, to, 2);
                return into.minute < 0 ? -1 : at + 2;
            }
        },
        SECOND {
            @Override
            public int read(byte[] a, int at, int to, TimeParts into) {
                into.second = number(a, at, to, 2);
                return into.second < 0 ? -1 : at + 2;
            }
        },
        /** A point or a comma before a fraction. */
        POINT {
            @Override
            public int read(byte[] a, int at, int to, TimeParts into) {
                return at < to && (a[at] == '.' || a[at] == ',') ? at + 1 : -1;
            }
        },
        /** Digits behind the point: as many as stand there, at most nine. */
        FRACTION {
            @Override
            public int read(byte[] a, int at, int to, TimeParts into) {
                int digits = digits(a, at, to, 9);
                int milli = 0;
                for (int i = 0; i < 3; i++) {
                    milli = milli * 10 + (i < digits ? a[at + i] - '0' : 0);
                }
                into.milli = milli;
                return digits == 0 ? -1 : at + digits;
            }
        },
        /** {@code Z}, {@code UTC}, {@code GMT}, or an offset such as {@code +02:00}, {@code -0700}, {@code +02}. */
        ZONE {
            @Override
            public int read(byte[] a, int at, int to, TimeParts into) {
                return zone(a, at, to, into);
            }
        },
        /** Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by how many digits there are. */
        EPOCH {
            @Override
            public int read(byte[] a, int at, int to, TimeParts into) {
                int digits = digits(a, at, to, 19);
                if (digits < 9) {
                    return -1;
                }
                long value = longNumber(a, at, digits);
                into.epochMilli = digits <= 11
                        ? value * 1000
                        : digits <= 14 ? value : digits <= 17 ? value / 1000 : value / 1_000_000;
                int end = at + digits;
                if (digits <= 11 && end + 1 < to && a[end] == '.' && isDigit(a[end + 1])) {
                    return FRACTION.read(a, end + 1, to, into);
                }
                return end;
            }
        };

        private static final List<byte[]> MONTHS =
                names("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
        private static final List<byte[]> WEEKDAYS = names("mon", "tue", "wed", "thu", "fri", "sat", "sun");

        static Field ofStrftime(char conversion) {
            return switch (conversion) {
                case 'Y' -> YEAR;
                case 'y' -> SHORT_YEAR;
                case 'm' -> MONTH;
                case 'b', 'B', 'h' -> MONTH_NAME;
                case 'd', 'e' -> LOOSE_DAY;
                case 'j' -> DAY_OF_YEAR;
                case 'a', 'A' -> WEEKDAY;
                case 'H', 'k', 'I', 'l' -> LOOSE_HOUR;
                case 'p', 'P' -> HALF;
                case 'M' -> MINUTE;
                case 'S' -> SECOND;
                case 'f' -> FRACTION;
                case 'z', 'Z' -> ZONE;
                case 's' -> EPOCH;
                default ->
                    throw new IllegalArgumentException("%" + conversion + " is no part of a time that is understood");
            };
        }

        static Field ofJava(char letter, int count) {
            return switch (letter) {
                case 'y', 'u' -> count == 2 ? SHORT_YEAR : YEAR;
                case 'M', 'L' -> count > 2 ? MONTH_NAME : MONTH;
                case 'd' -> count > 1 ? DAY : LOOSE_DAY;
                case 'D' -> DAY_OF_YEAR;
                case 'E' -> WEEKDAY;
                case 'H', 'k', 'h', 'K' -> count > 1 ? HOUR : LOOSE_HOUR;
                case 'a' -> HALF;
                case 'm' -> MINUTE;
                case 's' -> SECOND;
                case 'S', 'n' -> FRACTION;
                case 'z', 'Z', 'X', 'x', 'V', 'O' -> ZONE;
                default -> throw new IllegalArgumentException(letter + " is no part of a time that is understood");
            };
        }

        private static List<byte[]> names(String... names) {
            return java.util.Arrays.stream(names)
                    .map(name -> name.getBytes(StandardCharsets.US_ASCII))
                    .toList();
        }

        private static int nameAt(byte[] a, int at, int to, List<byte[]> names) {
            if (at + 3 > to) {
                return -1;
            }
            for (int i = 0; i < names.size(); i++) {
                byte[] name = names.get(i);
                if ((a[at] | 0x20) == name[0] && (a[at + 1] | 0x20) == name[1] && (a[at + 2] | 0x20) == name[2]) {
                    return i;
                }
            }
            return -1;
        }

        private static int wordEnd(byte[] a, int at, int to) {
            int i = at;
            while (i < to && (a[i] | 0x20) >= 'a' && (a[i] | 0x20) <= 'z') {
                i++;
            }
            return i;
        }

        private static int zone(byte[] a, int at, int to, TimeParts into) {
            if (at == to) {
                return -1;
            }
            byte first = a[at];
            if (first == 'Z' || first == 'z') {
                into.offset = 0;
                return at + 1;
            }
            if (at + 3 <= to && (is(a, at, "UTC") || is(a, at, "GMT"))) {
                into.offset = 0;
                return at + 3;
            }
            int hours = number(a, at + 1, to, 2);
            if ((first != '+' && first != '-') || hours < 0) {
                return -1;
            }
            int end = at + 3;
            int colon = end < to && a[end] == ':' ? end + 1 : end;
            int minutes = number(a, colon, to, 2);
            end = minutes < 0 ? end : colon + 2;
            int seconds = hours * 3600 + Math.max(minutes, 0) * 60;
            into.offset = minutes > 59 ? Integer.MAX_VALUE : first == '-' ? -seconds : seconds;
            return end;
        }

        private static boolean is(byte[] a, int at, String word) {
            return a[at] == word.charAt(0) && a[at + 1] == word.charAt(1) && a[at + 2] == word.charAt(2);
        }

        /** A number of exactly so many digits, or -1. */
        private static int number(byte[] a, int at, int to, int digits) {
            return digits(a, at, to, digits) < digits ? -1 : (int) longNumber(a, at, digits);
        }

        private static long longNumber(byte[] a, int at, int digits) {
            long number = 0;
            for (int i = at; i < at + digits; i++) {
                number = number * 10 + a[i] - '0';
            }
            return number < 0 ? CivilTime.INVALID : number;
        }

        private static int digits(byte[] a, int at, int to, int most) {
            int i = at;
            while (i < to && i - at < most && isDigit(a[i])) {
                i++;
            }
            return Math.max(i - at, 0);
        }

        private static boolean isDigit(byte b) {
            return b >= '0' && b <= '9';
        }
    }
}
