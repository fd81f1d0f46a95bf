package io.sluice.infra.sample;

/** User agents: of browsers, of robots, and of programs that look for a way in. */
final class Agents {
    private static final String[] DESKTOP = {
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Safari/537.36"
                + " Edg/%1$d.0.0.0",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0"
                + " Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2"
                + " Safari/605.1.15",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:%d.0) Gecko/20100101 Firefox/%1$d.0",
        "Mozilla/5.0 (X11; Linux x86_64; rv:%d.0) Gecko/20100101 Firefox/%1$d.0",
    };
    private static final String[] MOBILE = {
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2"
                + " Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Linux; Android 13; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/%d.0.0.0 Mobile"
                + " Safari/537.36",
        "Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/23.0"
                + " Chrome/115.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6"
                + " Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/%d.0.0.0"
                + " Mobile/15E148 Safari/604.1",
    };
    private static final String[] ROBOTS = {
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "ExampleMonitor/2.0 (+https://monitor.example.net; contact: bots@example.net)",
    };
    private static final String[] INTRUDERS = {
        "python-requests/2.31.0", "curl/8.4.0", "Go-http-client/1.1", "Mozilla/5.0 zgrab/0.x", "-"
    };

    private Agents() {}

    static String browser(Dice dice) {
        String[] kind = dice.in1000(420) ? MOBILE : DESKTOP;
        return String.format(java.util.Locale.ROOT, dice.pick(kind), 115 + dice.below(8));
    }

    static String robot(Dice dice) {
        return dice.pick(ROBOTS);
    }

    static String intruder(Dice dice) {
        return dice.pick(INTRUDERS);
    }
}
