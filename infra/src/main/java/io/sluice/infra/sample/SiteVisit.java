package io.sluice.infra.sample;

import java.util.Map;

/** Somebody who looks at the marketing site, and now and then signs up, writes, or applies for a job. */
final class SiteVisit implements Visit {
    private static final String[] SOURCES = {
        "-",
        "-",
        "https://www.google.com/",
        "https://www.google.com/",
        "https://www.google.ca/",
        "https://www.bing.com/",
        "https://duckduckgo.com/",
        "https://www.facebook.com/",
        "https://www.linkedin.com/feed/",
        "https://chatgpt.com/",
        "https://blog.example.net/best-invoicing-for-clinics",
    };

    private final Visitor visitor;
    private final String email;
    private int left;
    private String before;

    SiteVisit(World world, Visitor visitor, Dice dice) {
        this.visitor = visitor;
        this.email = world.anyClient(dice).email();
        this.left = 1 + dice.lowBelow(14);
        this.before = dice.in1000(30) ? "https://mail.example.net/inbox?user=" + email : dice.pick(SOURCES);
    }

    @Override
    public Visitor visitor() {
        return visitor;
    }

    @Override
    public boolean isOver() {
        return left <= 0;
    }

    @Override
    public Hit next(Dice dice) {
        left--;
        int number = dice.below(1000);
        if (number < 250) {
            return hit(dice, "GET", dice.pick("/static/site.css", "/static/hero.webp", "/favicon.ico"), 200, null);
        } else if (number < 290) {
            return hit(
                    dice,
                    "GET",
                    "/search?q=" + Disguise.form(dice.pick("interac invoices", "reçus massothérapie", "pricing")),
                    200,
                    new Hit.Said(
                            "search", "Search", dice.pick("interac", "receipts"), Map.of("results", dice.below(9))));
        } else if (number < 330) {
            return sign(dice);
        } else if (number < 350) {
            return awkward(dice);
        } else if (number < 365) {
            return hit(dice, "GET", "/no-such-page-" + dice.below(50), 404, null);
        }
        return page(dice);
    }

    private Hit page(Dice dice) {
        String path = dice.pick(
                "/",
                "/",
                "/",
                "/pricing",
                "/pricing",
                "/features",
                "/features/invoicing",
                "/features/receipts",
                "/about",
                "/blog",
                "/blog/getting-paid-faster",
                "/blog/recus-electroniques",
                "/jobs",
                "/jobs/java-developer",
                "/contact",
                "/privacy");
        String campaign = dice.in1000(120)
                ? "?utm_source=" + dice.pick("google", "facebook", "newsletter") + "&utm_medium="
                        + dice.pick("cpc", "email") + "&gclid=" + Disguise.token(dice)
                : "";
        return hit(dice, "GET", path + campaign, dice.in1000(100) ? 304 : 200, Hit.Said.of("page_view", "Ottomatiq"));
    }

    private Hit sign(Dice dice) {
        if (dice.in1000(500)) {
            return hit(
                    dice,
                    "POST",
                    "/signup?plan=pro",
                    302,
                    new Hit.Said("sign_up", "Sign up", "", Map.of("plan", "pro", "email", email)));
        }
        return hit(
                dice,
                "POST",
                "/contact",
                200,
                new Hit.Said("contact_form_sent", "Contact", "", Map.of("message", "Please call me, " + email)));
    }

    private Hit awkward(Dice dice) {
        String target =
                switch (dice.below(4)) {
                    case 0 -> "/pricing?email=" + email;
                    case 1 -> "/unsubscribe/" + Disguise.base64(email);
                    case 2 -> "/jobs/java-developer/apply?name=" + Disguise.form(email.replace('.', ' '));
                    default -> "/?u=" + Disguise.percent(email) + "&session=" + Disguise.token(dice);
                };
        return hit(dice, "GET", target, 200, Hit.Said.of("page_view", "Ottomatiq"));
    }

    private Hit hit(
            Dice dice, String method, String target, int status, Hit.@org.jspecify.annotations.Nullable Said said) {
        Hit hit = new Hit(
                Hit.Site.MARKETING, visitor, false, method, target, status, 200 + dice.below(90_000), before, said);
        if (said != null && method.equals("GET")) {
            before = Hit.Site.MARKETING.origin() + target;
        }
        return hit;
    }
}
