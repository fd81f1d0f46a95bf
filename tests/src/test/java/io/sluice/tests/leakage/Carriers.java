package io.sluice.tests.leakage;

import static io.sluice.tests.leakage.Carrier.Sealed.CUT;
import static io.sluice.tests.leakage.Carrier.Sealed.EITHER;
import static io.sluice.tests.leakage.Carrier.Sealed.WHOLE;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Every place in every format that the product takes, and in what it cannot take. */
final class Carriers {
    private Carriers() {}

    static List<Carrier> all() {
        List<Carrier> all = new ArrayList<>();
        all.addAll(accessLogs("combined", " \"-\" \"curl/8.0\""));
        all.addAll(accessLogs("common", ""));
        all.addAll(combinedAlone());
        all.addAll(usageEvents());
        all.addAll(usageBatches());
        all.addAll(textAndAuto());
        all.addAll(malformed());
        return all;
    }

    private static List<Carrier> accessLogs(String format, String rest) {
        return List.of(
                Carrier.line(format, "host", WHOLE, "%s - - TIME \"GET / HTTP/1.1\" 200 5" + rest),
                Carrier.line(format, "ident", WHOLE, "192.0.2.1 %s - TIME \"GET / HTTP/1.1\" 200 5" + rest),
                Carrier.line(format, "user", WHOLE, "192.0.2.1 - %s TIME \"GET / HTTP/1.1\" 200 5" + rest),
                Carrier.line(format, "path", WHOLE, "192.0.2.1 - - TIME \"GET /x/%s/y HTTP/1.1\" 200 5" + rest),
                Carrier.line(
                        format, "client's path", CUT, "192.0.2.1 - - TIME \"GET /clients/%s HTTP/1.1\" 200 5" + rest),
                Carrier.line(format, "client's link", CUT, "192.0.2.1 - - TIME \"GET /i/%s HTTP/1.1\" 200 5" + rest),
                Carrier.line(
                        format,
                        "reset token",
                        CUT,
                        "192.0.2.1 - - TIME \"GET /password/reset/%s HTTP/1.1\" 200 5" + rest),
                Carrier.line(
                        format, "query value", EITHER, "192.0.2.1 - - TIME \"GET /search?q=%s HTTP/1.1\" 200 5" + rest),
                Carrier.line(
                        format,
                        "listed query",
                        EITHER,
                        "192.0.2.1 - - TIME \"GET /invoices?status=%s&page=%s HTTP/1.1\" 200 5" + rest),
                Carrier.line(format, "query key", WHOLE, "192.0.2.1 - - TIME \"GET /?%s=1 HTTP/1.1\" 200 5" + rest),
                Carrier.line(format, "fragment", WHOLE, "192.0.2.1 - - TIME \"GET /#%s HTTP/1.1\" 200 5" + rest),
                Carrier.line(
                        format,
                        "whole address",
                        EITHER,
                        "192.0.2.1 - - TIME \"GET http://%s:80/ HTTP/1.1\" 200 5" + rest),
                Carrier.line(format, "method", WHOLE, "192.0.2.1 - - TIME \"%s / HTTP/1.1\" 200 5" + rest),
                Carrier.line(format, "version", WHOLE, "192.0.2.1 - - TIME \"GET / %s\" 200 5" + rest),
                Carrier.line(format, "status", WHOLE, "192.0.2.1 - - TIME \"GET / HTTP/1.1\" %s 5" + rest),
                Carrier.line(format, "bytes", WHOLE, "192.0.2.1 - - TIME \"GET / HTTP/1.1\" 200 %s" + rest));
    }

    private static List<Carrier> combinedAlone() {
        String begin = "192.0.2.1 - - TIME \"GET / HTTP/1.1\" 200 5 ";
        return List.of(
                Carrier.line("combined", "referrer's path", WHOLE, begin + "\"https://www.example.com/%s\" \"-\""),
                Carrier.line("combined", "referrer's query", EITHER, begin + "\"https://example.com/?q=%s\" \"-\""),
                Carrier.line("combined", "referrer's host", EITHER, begin + "\"https://%s/\" \"-\""),
                Carrier.line("combined", "referrer's user", EITHER, begin + "\"https://%s:x@example.com/\" \"-\""),
                Carrier.line(
                        "combined",
                        "referrer to a client",
                        CUT,
                        begin + "\"https://app.ottomatiq.example/clients/%s/edit\" \"-\""),
                Carrier.line("combined", "user agent", WHOLE, begin + "\"-\" \"Mozilla/5.0 (%s) Firefox/115.0\""),
                Carrier.line("combined", "robot", EITHER, begin + "\"-\" \"%sbot/1.0 (+http://%s.example.com)\""),
                Carrier.line("combined", "more fields", WHOLE, begin + "\"-\" \"-\" \"%s\" %s"));
    }

    private static List<Carrier> usageEvents() {
        String page = "{\"type\":\"page_view\",\"page\":{\"url\":\"https://app.ottomatiq.example";
        return List.of(
                Carrier.event("type", WHOLE, "{\"type\":\"%s\"}"),
                Carrier.event("timestamp", WHOLE, "{\"type\":\"click\",\"timestamp\":\"%s\"}"),
                Carrier.event("id", WHOLE, "{\"type\":\"click\",\"id\":\"%s\"}"),
                Carrier.event("user.id", WHOLE, "{\"type\":\"login\",\"user\":{\"id\":\"%s\"}}"),
                Carrier.event("user.email", WHOLE, "{\"type\":\"login\",\"user\":{\"email\":\"%s\"}}"),
                Carrier.event(
                        "user.email where it is encrypted",
                        WHOLE,
                        "{\"type\":\"password_reset_requested\",\"user\":{\"email\":\"%s\"}}"),
                Carrier.event("user.name", WHOLE, "{\"type\":\"login\",\"user\":{\"name\":\"%s\"}}"),
                Carrier.event("account.id", WHOLE, "{\"type\":\"click\",\"account\":{\"id\":\"%s\"}}"),
                Carrier.event("anonymous_id", WHOLE, "{\"type\":\"click\",\"anonymous_id\":\"%s\"}"),
                Carrier.event("page.url path", WHOLE, page + "/x/%s\"}}"),
                Carrier.event("page.url client", CUT, page + "/clients/%s/notes\"}}"),
                Carrier.event("page.url query", EITHER, page + "/search?q=%s&email=%s\"}}"),
                Carrier.event(
                        "page.url user", EITHER, "{\"type\":\"click\",\"page\":{\"url\":\"https://%s@x.example/\"}}"),
                Carrier.event("page.title", CUT, "{\"type\":\"page_view\",\"page\":{\"title\":\"Invoice of %s\"}}"),
                Carrier.event("page.search", CUT, "{\"type\":\"search\",\"page\":{\"search\":\"%s\"}}"),
                Carrier.event(
                        "page.referrer",
                        WHOLE,
                        "{\"type\":\"click\",\"page\":{\"referrer\":\"https://x.example/%s\"}}"),
                Carrier.event("context.ip", WHOLE, "{\"type\":\"click\",\"context\":{\"ip\":\"%s\"}}"),
                Carrier.event(
                        "context.user_agent", WHOLE, "{\"type\":\"click\",\"context\":{\"user_agent\":\"%s/1.0\"}}"),
                Carrier.event("context.locale", WHOLE, "{\"type\":\"click\",\"context\":{\"locale\":\"%s\"}}"),
                Carrier.event("context.screen", WHOLE, "{\"type\":\"click\",\"context\":{\"screen\":\"%s\"}}"),
                Carrier.event("consent.gpp", WHOLE, "{\"type\":\"click\",\"consent\":{\"gpp\":\"%s\"}}"),
                Carrier.event("consent.us_privacy", WHOLE, "{\"type\":\"click\",\"consent\":{\"us_privacy\":\"%s\"}}"),
                Carrier.event("cookie", CUT, "{\"type\":\"click\",\"headers\":{\"Cookie\":[\"sid=%s; a=b\"]}}"),
                Carrier.event(
                        "authorization", CUT, "{\"type\":\"click\",\"headers\":{\"Authorization\":[\"Bearer %s\"]}}"),
                Carrier.event("etag", WHOLE, "{\"type\":\"click\",\"headers\":{\"If-None-Match\":[\"%s\"]}}"),
                Carrier.event("forwarded", WHOLE, "{\"type\":\"click\",\"headers\":{\"X-Forwarded-For\":[\"%s\"]}}"),
                Carrier.event("Sec-CH-UA", WHOLE, hint("Sec-CH-UA", ";v=\\\"1\\\"")),
                Carrier.event("its version", WHOLE, hint("Sec-CH-UA", "").replace("[\"", "[\"\\\"Brave\\\";v=")),
                Carrier.event(
                        "full versions",
                        WHOLE,
                        hint("Sec-CH-UA-Full-Version-List", ";v=\\\"1.2\\\", \\\"Chromium\\\"")),
                Carrier.event("mobile", WHOLE, hint("Sec-CH-UA-Mobile", "")),
                Carrier.event("platform", WHOLE, hint("Sec-CH-UA-Platform", "")),
                Carrier.event("platform's version", WHOLE, hint("Sec-CH-UA-Platform-Version", "")),
                Carrier.event("model", WHOLE, hint("Sec-CH-UA-Model", "")),
                Carrier.event("header's name", WHOLE, "{\"type\":\"click\",\"headers\":{\"%s\":[\"1\"]}}"),
                Carrier.event(
                        "listed property",
                        WHOLE,
                        "{\"type\":\"click\",\"props\":{\"plan\":\"%s\",\"results\":\"%s\"}}"),
                Carrier.event("property", WHOLE, "{\"type\":\"click\",\"props\":{\"note\":\"%s\"}}"),
                Carrier.event("property's name", WHOLE, "{\"type\":\"click\",\"props\":{\"%s\":1}}"),
                Carrier.event("nested property", WHOLE, "{\"type\":\"click\",\"props\":{\"plan\":[{\"a\":[\"%s\"]}]}}"),
                Carrier.event(
                        "JSON in a text",
                        WHOLE,
                        "{\"type\":\"click\",\"props\":{\"data\":\"{\\\"a\\\":\\\"%s\\\"}\"}}"),
                Carrier.event("unknown field", WHOLE, "{\"type\":\"click\",\"%s\":{\"%s\":\"%s\"}}"));
    }

    /** A Client Hint, whose value is a string and more behind it. */
    private static String hint(String name, String rest) {
        return "{\"type\":\"click\",\"headers\":{\"" + name + "\":[\"\\\"%s\\\"" + rest + "\"]}}";
    }

    private static List<Carrier> usageBatches() {
        String event = "{\"type\":\"login\",\"user\":{\"name\":\"%s\"}}";
        return List.of(
                Carrier.json("usage", "usage-events", "in an array", WHOLE, "[{\"type\":\"click\"}," + event + "]"),
                Carrier.json("usage", "usage-events", "in JSON lines", WHOLE, "{\"type\":\"click\"}\n" + event),
                Carrier.json(
                        "usage", "usage-events", "beside a bad one", WHOLE, "[" + event + ",{\"no\":\"type %s\"}]"));
    }

    private static List<Carrier> textAndAuto() {
        return List.of(
                Carrier.of("text", "message", CUT, "payment of %s failed"),
                Carrier.of("text", "password", CUT, "login: password=%s"),
                Carrier.of(
                        "text", "stack trace", CUT, "java.lang.Error: no %s\n\tat a.B.c(B.java:1)\nCaused by: x: %s"),
                Carrier.of(
                        "auto", "line", WHOLE, "192.0.2.1 - %s [10/Jan/2024:12:00:00 +0000] \"GET / HTTP/1.1\" 200 5"),
                Carrier.of("auto", "usage event", WHOLE, "{\"type\":\"login\",\"user\":{\"id\":\"%s\"}}"),
                Carrier.of("auto", "other JSON", EITHER, "{\"level\":\"info\",\"msg\":\"sent to %s\",\"user\":\"%s\"}"),
                Carrier.of("auto", "free text", CUT, "Interac transfer sent to %s"));
    }

    private static List<Carrier> malformed() {
        Carrier line =
                Carrier.line("combined", "user", WHOLE, "192.0.2.1 - %s TIME \"GET / HTTP/1.1\" 200 5 \"-\" \"-\"");
        Carrier event = Carrier.event("user.id", WHOLE, "{\"type\":\"login\",\"user\":{\"id\":\"%s\"}}");
        String deep = "[".repeat(400);
        return List.of(
                line.cutAfter("\"GET /"),
                line.cutAfter("[10/Jan"),
                event.cutAfter("\"}"),
                Carrier.line("combined", "a line that is none", EITHER, "%s"),
                Carrier.line("combined", "a time that is none", EITHER, "192.0.2.1 - - [%s] \"GET / HTTP/1.1\" 200 5"),
                Carrier.line("combined", "an open quote", EITHER, "192.0.2.1 - - TIME \"GET /%s HTTP/1.1 200 5"),
                Carrier.line(
                        "common", "control characters", EITHER, "192.0.2.1 \u0000\u001b[31m%s - TIME \"\u0007\" 1 1"),
                Carrier.event("no JSON", EITHER, "{\"type\":\"click\",%s}"),
                Carrier.event("a number that is none", EITHER, "{\"type\":\"click\",\"props\":{\"results\":1%s}}"),
                Carrier.event("one name twice", EITHER, "{\"type\":\"click\",\"id\":\"%s\",\"id\":\"%s\"}"),
                Carrier.event("too deep", EITHER, deep + "\"%s\"" + deep.replace('[', ']')),
                Carrier.event("no type", EITHER, "{\"user\":{\"email\":\"%s\"}}"),
                Carrier.event("a time that is none", EITHER, "{\"type\":\"click\",\"timestamp\":{\"%s\":\"%s\"}}"),
                Carrier.event(
                        "a long text",
                        EITHER,
                        "{\"type\":\"click\",\"props\":{\"plan\":\"" + "x".repeat(40_000) + "%s\"}}"),
                line.in(StandardCharsets.UTF_16LE),
                event.in(StandardCharsets.UTF_16BE),
                line.gzipped(),
                event.gzipped());
    }
}
