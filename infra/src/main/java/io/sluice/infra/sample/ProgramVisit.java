package io.sluice.infra.sample;

/** A program: a robot that reads the site, or one that tries passwords and looks for forgotten files. */
final class ProgramVisit implements Visit {
    private final Visitor visitor;
    private final boolean intruder;
    private int left;

    ProgramVisit(Dice dice) {
        this.intruder = dice.in1000(300);
        this.visitor = new Visitor(
                Addresses.documentation(dice).text(),
                intruder ? Agents.intruder(dice) : Agents.robot(dice),
                "",
                "",
                "",
                Visitor.Choice.NONE,
                null);
        this.left = 3 + dice.below(25);
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
        return intruder ? intrude(dice) : read(dice);
    }

    private Hit read(Dice dice) {
        String path = dice.pick(
                "/robots.txt",
                "/sitemap.xml",
                "/",
                "/pricing",
                "/blog",
                "/blog/getting-paid-faster",
                "/features",
                "/jobs");
        return hit(Hit.Site.MARKETING, dice, "GET", path, 200);
    }

    private Hit intrude(Dice dice) {
        if (dice.in1000(500)) {
            return hit(Hit.Site.APPLICATION, dice, "POST", "/login", dice.in1000(900) ? 401 : 429);
        }
        String path = dice.pick(
                "/wp-login.php",
                "/.env",
                "/admin/config.php?id=1%27%20OR%201%3D1--",
                "/../../etc/passwd",
                "/clients?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
                "/api/users?token=" + Disguise.token(dice));
        return hit(Hit.Site.APPLICATION, dice, "GET", path, dice.in1000(900) ? 404 : 403);
    }

    private Hit hit(Hit.Site site, Dice dice, String method, String path, int status) {
        return new Hit(site, visitor, false, method, path, status, 100 + dice.below(5000), "-", null);
    }
}
