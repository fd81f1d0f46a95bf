package io.sluice.infra.sample;

import java.util.Map;

/** A client of a practice who opens the link to an invoice from a mail, and perhaps pays. */
final class PatientVisit implements Visit {
    private final Visitor visitor;
    private final String token;
    private final Client client;
    private int step;
    private final int steps;

    PatientVisit(World world, Visitor visitor, Dice dice) {
        this.visitor = visitor;
        this.token = Disguise.token(dice);
        this.client = world.anyClient(dice);
        this.steps = 1 + dice.below(3);
    }

    @Override
    public Visitor visitor() {
        return visitor;
    }

    @Override
    public boolean isOver() {
        return step >= steps;
    }

    @Override
    public Hit next(Dice dice) {
        step++;
        return switch (step) {
            case 1 -> hit(dice, "GET", dice.in1000(300) ? "/mail/open/" + token : "/i/" + token, null);
            case 2 ->
                hit(
                        dice,
                        "GET",
                        "/i/" + token,
                        new Hit.Said(
                                "invoice_viewed", "Invoice for " + client.name(), "", Map.of("name", client.name())));
            default ->
                hit(dice, "POST", "/i/" + token + "/pay", Hit.Said.of("payment_recorded", "Paid: " + client.name()));
        };
    }

    private Hit hit(Dice dice, String method, String target, Hit.@org.jspecify.annotations.Nullable Said said) {
        String referrer = dice.in1000(250) ? "https://mail.example.net/?q=" + client.email() : "-";
        int status = dice.in1000(40) ? 410 : 200;
        return new Hit(
                Hit.Site.APPLICATION, visitor, false, method, target, status, 900 + dice.below(9000), referrer, said);
    }
}
