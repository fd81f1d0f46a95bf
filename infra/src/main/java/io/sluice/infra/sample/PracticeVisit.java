package io.sluice.infra.sample;

import java.util.Map;

/** A user of a practice at work in the application: clients, invoices, searches, now and then a wrong password. */
final class PracticeVisit implements Visit {
    private final World world;
    private final Visitor visitor;
    private final Visitor.User user;
    private int left;
    private boolean loggedIn;
    private String before = "-";

    PracticeVisit(World world, Visitor visitor, Visitor.User user, Dice dice) {
        this.world = world;
        this.visitor = visitor;
        this.user = user;
        this.left = 5 + dice.below(40);
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
        if (!loggedIn) {
            return login(dice);
        }
        if (left == 0) {
            return hit(dice, "POST", "/logout", 302, Hit.Said.of("logout", "Ottomatiq"));
        }
        int number = dice.below(1000);
        if (number < 160) {
            return hit(dice, "GET", "/assets/app-3f2a1c.js", dice.in1000(600) ? 304 : 200, null);
        } else if (number < 420) {
            return ofClient(dice, world.anyClient(dice));
        } else if (number < 560) {
            return search(dice, world.anyClient(dice));
        } else if (number < 640) {
            return write(dice, world.anyClient(dice));
        } else if (number < 680) {
            return awkward(dice, world.anyClient(dice));
        }
        return page(dice);
    }

    private Hit login(Dice dice) {
        if (before.equals("-")) {
            return hit(dice, "GET", "/login?next=%2Finvoices", 200, Hit.Said.of("page_view", "Log in"));
        }
        if (dice.in1000(150)) {
            return hit(dice, "POST", "/login", 401, Hit.Said.of("login_failed", "Log in"));
        }
        loggedIn = true;
        return hit(dice, "POST", "/login", 302, Hit.Said.of("login", "Log in"));
    }

    private Hit page(Dice dice) {
        String path = dice.pick(
                "/dashboard",
                "/dashboard",
                "/invoices?status=overdue",
                "/invoices?status=sent&page=2",
                "/clients?sort=name",
                "/receipts",
                "/payments?method=interac",
                "/calendar",
                "/reports?period=month",
                "/settings/team",
                "/settings/integrations",
                "/help");
        return hit(dice, "GET", path, 200, Hit.Said.of("page_view", "Ottomatiq"));
    }

    private Hit ofClient(Dice dice, Client client) {
        int number = 1000 + dice.below(9000);
        String who = dice.in1000(700) ? Integer.toString(number) : client.slug();
        String path =
                switch (dice.below(5)) {
                    case 0 -> "/clients/" + who;
                    case 1 -> "/clients/" + who + "/receipts/" + (2000 + dice.below(8000));
                    case 2 -> "/clients/" + Disguise.percent(client.name()) + "/invoices/" + (4000 + dice.below(9000));
                    default -> "/clients/" + who + "/invoices/" + (4000 + dice.below(9000));
                };
        return hit(dice, "GET", path, 200, Hit.Said.of("page_view", client.name() + " – invoice"));
    }

    private Hit search(Dice dice, Client client) {
        String target = "/search?scope=clients&q=" + Disguise.form(client.name()) + (dice.in1000(200) ? "&page=2" : "");
        int results = dice.below(14);
        return hit(
                dice,
                "GET",
                target,
                200,
                new Hit.Said(
                        "search",
                        "Search: " + client.name(),
                        client.name(),
                        Map.of("results", results, "feature", "invoicing")));
    }

    private Hit write(Dice dice, Client client) {
        return switch (dice.below(4)) {
            case 0 ->
                hit(
                        dice,
                        "POST",
                        "/invoices/new",
                        302,
                        new Hit.Said(
                                "invoice_created",
                                client.name(),
                                "",
                                Map.of("feature", "invoicing", "client", client.name())));
            case 1 ->
                hit(
                        dice,
                        "POST",
                        "/api/invoices/" + (4000 + dice.below(9000)) + "/send",
                        202,
                        new Hit.Said("invoice_sent", client.name(), "", Map.of("to", client.email(), "success", true)));
            case 2 ->
                hit(
                        dice,
                        "POST",
                        "/payments",
                        302,
                        new Hit.Said(
                                "payment_recorded",
                                "Payments",
                                "",
                                Map.of("method", "interac", "email", client.email(), "duration_ms", dice.below(900))));
            default ->
                hit(
                        dice,
                        "POST",
                        "/clients/new",
                        302,
                        new Hit.Said(
                                "client_added", "New client", "", Map.of("name", client.name(), "plan", "clinic")));
        };
    }

    /** Where nobody would look for a person. */
    private Hit awkward(Dice dice, Client client) {
        String email = client.email();
        String target =
                switch (dice.below(7)) {
                    case 0 -> "/clients/" + Disguise.percent(email) + "/notes";
                    case 1 -> "/clients?email=" + email;
                    case 2 -> "/reports/export?data=" + Disguise.base64("{\"email\":\"" + email + "\"}");
                    case 3 -> "/login?next=" + Disguise.percent("/clients/" + client.slug());
                    case 4 -> "/password/reset/" + Disguise.jwt(dice, user.email());
                    case 5 -> "/search?q=" + Disguise.percent(Disguise.percent(email));
                    default -> "/settings/integrations?access_token=" + Disguise.token(dice) + "&user=" + user.email();
                };
        return hit(dice, "GET", target, 200, Hit.Said.of("page_view", client.name()));
    }

    private Hit hit(
            Dice dice, String method, String target, int status, Hit.@org.jspecify.annotations.Nullable Said said) {
        boolean shown = loggedIn && dice.in1000(300);
        Hit hit = new Hit(
                Hit.Site.APPLICATION, visitor, shown, method, target, status, 300 + dice.below(40_000), before, said);
        if (said != null && method.equals("GET")) {
            before = Hit.Site.APPLICATION.origin() + target;
        }
        return hit;
    }
}
