package io.sluice.infra.sample;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Everybody there is: practices with users, their clients, visitors of the marketing site. Not thread-safe. */
final class World {
    private static final int PRACTICES = 60;
    private static final int USERS = 240;
    private static final int CLIENTS = 10_000;
    private static final int PUBLIC = 4_000;
    private static final String[] SCREENS = {"1920x1080", "1440x900", "2560x1440", "390x844", "412x915", "820x1180"};

    private final List<Visitor> users = new ArrayList<>();
    private final List<Visitor> visitors = new ArrayList<>();
    private final List<Client> clients;

    World(long seed) {
        Dice dice = new Dice(seed);
        clients = ClientNames.of(seed, CLIENTS).stream().map(Client::of).toList();
        for (int i = 0; i < USERS; i++) {
            users.add(user(dice, i));
        }
        for (int i = 0; i < PUBLIC; i++) {
            visitors.add(visitor(dice, null, i));
        }
    }

    private Visitor user(Dice dice, int number) {
        String practice = "practice-" + (1 + dice.below(PRACTICES));
        String name = clients.get(dice.below(clients.size())).slug().replace('-', '.');
        return visitor(
                dice,
                new Visitor.User("u" + (10_000 + number), name + "@" + practice + ".example.com", practice),
                number);
    }

    private static Visitor visitor(Dice dice, Visitor.@org.jspecify.annotations.Nullable User user, int number) {
        Addresses.Address address = Addresses.next(dice);
        byte[] id =
                ((user == null ? "visitor " : "user ") + number + " " + dice.bits()).getBytes(StandardCharsets.UTF_8);
        return new Visitor(
                address.text(),
                Agents.browser(dice),
                language(dice, address.country()),
                dice.pick(SCREENS),
                UUID.nameUUIDFromBytes(id).toString(),
                Visitor.Choice.next(dice),
                user);
    }

    private static String language(Dice dice, String country) {
        return switch (country) {
            case "CA" -> dice.in1000(400) ? "fr-CA" : "en-CA";
            case "FR", "BE", "CH" -> "fr-" + country;
            case "DE" -> "de-DE";
            case "GB", "AU" -> "en-" + country;
            default -> "en-US";
        };
    }

    Visitor anyUser(Dice dice) {
        return users.get(dice.lowBelow(users.size()));
    }

    Visitor anyVisitor(Dice dice) {
        return visitors.get(dice.lowBelow(visitors.size()));
    }

    Client anyClient(Dice dice) {
        return clients.get(dice.below(clients.size()));
    }
}
