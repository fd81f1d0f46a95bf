package io.sluice.ingest.enrich;

/**
 * Tells the class of device, and robots, from the words in a user agent ({@code user-agent-words.txt}): desktop, mobile,
 * tablet, tv, robot or other. They are found in one pass, without a regex, so it is done for every user agent, however many there are.
 */
final class DeviceWords {
    private static final int BOT = 1;
    private static final int NO_BOT = 1 << 1;
    private static final int ROBOT = 1 << 2;
    private static final int TV = 1 << 3;
    private static final int TABLET = 1 << 4;
    private static final int MOBILE = 1 << 5;
    private static final int ANDROID = 1 << 6;
    private static final int DESKTOP = 1 << 7;
    private static final int ADDRESS = 1 << 8;

    private DeviceWords() {}

    static void addTo(WordScan.Builder words) {
        for (String line : DataLines.read("user-agent-words.txt")) {
            int space = line.indexOf(' ');
            words.add(line.substring(space + 1), flag(line.substring(0, space)));
        }
        // A user agent that gives its site's address and is no browser's is a program's.
        words.add("http://", ADDRESS);
        words.add("https://", ADDRESS);
        words.add("www.", ADDRESS);
    }

    private static int flag(String kind) {
        return switch (kind) {
            case "bot" -> BOT;
            case "no-bot" -> NO_BOT;
            case "robot" -> ROBOT;
            case "tv" -> TV;
            case "tablet" -> TABLET;
            case "mobile" -> MOBILE;
            case "android" -> ANDROID;
            case "desktop" -> DESKTOP;
            default -> throw new IllegalStateException("user-agent-words.txt has an unknown kind: " + kind);
        };
    }

    /** @param flags of the words that were found in it */
    static DeviceType device(String userAgent, int flags) {
        if (isRobot(userAgent, flags)) {
            return DeviceType.ROBOT;
        } else if ((flags & TV) != 0) {
            return DeviceType.TV;
        } else if ((flags & TABLET) != 0 || (flags & (ANDROID | MOBILE)) == ANDROID) {
            return DeviceType.TABLET;
        } else if ((flags & MOBILE) != 0) {
            return DeviceType.MOBILE;
        }
        return (flags & DESKTOP) != 0 ? DeviceType.DESKTOP : DeviceType.OTHER;
    }

    private static boolean isRobot(String userAgent, int flags) {
        return (flags & ROBOT) != 0
                || (flags & (BOT | NO_BOT)) == BOT
                || ((flags & ADDRESS) != 0 && !userAgent.startsWith("Mozilla/") && !userAgent.startsWith("Opera/"));
    }
}
