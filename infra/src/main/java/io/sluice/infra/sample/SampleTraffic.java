package io.sluice.infra.sample;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Believable traffic of a practice-management application and its marketing site, without end.
 *
 * <p>Visitors with visits, accounts, languages, user agents and referrers; robots and intruders; logins that fail;
 * searches for patients' names; invoice links that patients open; e-mails and tokens in paths, queries, referrers,
 * percent-encoded and in base64; visitors who opted out, by cookie, flag, Sec-GPC and DNT; malformed lines. Everybody is
 * invented.
 *
 * <p>Guarantees: the same seed and times give the same bytes, on every machine. Not thread-safe.
 */
public final class SampleTraffic implements Iterator<SampleRecord> {
    /** How many visits go on at the same time. */
    private static final int AT_ONCE = 150;

    private final World world;
    private final Dice dice;
    private final LongSupplier clock;
    private final List<Visit> visits = new ArrayList<>();
    private final AccessLine line = new AccessLine();
    private final Deque<SampleRecord> ready = new ArrayDeque<>();

    /**
     * Traffic at the times of a clock.
     *
     * @param seed any number
     * @param clock asked once for each request; milliseconds since 1970
     */
    public SampleTraffic(long seed, LongSupplier clock) {
        this.world = new World(seed);
        this.dice = new Dice(~seed);
        this.clock = clock;
        for (int i = 0; i < AT_ONCE; i++) {
            visits.add(begin());
        }
    }

    /** A clock that goes on by the same time at each request. */
    public static LongSupplier steps(Instant start, int requestsPerSecond) {
        long first = start.toEpochMilli();
        long[] number = {0};
        return () -> first + number[0]++ * 1000 / requestsPerSecond;
    }

    private Visit begin() {
        int kind = dice.below(100);
        if (kind < 45) {
            Visitor visitor = world.anyUser(dice);
            Visitor.User user = visitor.user();
            return user == null ? new SiteVisit(world, visitor, dice) : new PracticeVisit(world, visitor, user, dice);
        } else if (kind < 55) {
            return new PatientVisit(world, world.anyVisitor(dice), dice);
        } else if (kind < 92) {
            return new SiteVisit(world, world.anyVisitor(dice), dice);
        }
        return new ProgramVisit(dice);
    }

    private Hit nextHit() {
        int number = dice.below(visits.size());
        Visit visit = visits.get(number);
        Hit hit = visit.next(dice);
        if (visit.isOver()) {
            visits.set(number, begin());
        }
        return hit;
    }

    /** Always. */
    @Override
    public boolean hasNext() {
        return true;
    }

    /** The next record: of each request its access line, and then what its page and the application say of it. */
    @Override
    public SampleRecord next() {
        SampleRecord waiting = ready.poll();
        if (waiting != null) {
            return waiting;
        }
        Hit hit = nextHit();
        long millis = clock.getAsLong();
        Hit.Said said = hit.event();
        if (said != null) {
            ready.add(new SampleRecord(
                    SampleRecord.Source.USAGE_EVENT, hit.site().dataset(), UsageEvent.of(hit, said, millis, dice)));
            if (dice.in1000(60)) {
                ready.add(
                        new SampleRecord(SampleRecord.Source.APP_LOG, hit.site().dataset(), log(hit, said, millis)));
            }
        }
        line.write(hit, millis, dice);
        return new SampleRecord(SampleRecord.Source.ACCESS_LOG, hit.site().dataset(), line.toBytes());
    }

    private static byte[] log(Hit hit, Hit.Said said, long millis) {
        Visitor.User user = hit.visitor().user();
        String text = Instant.ofEpochMilli(millis) + " INFO " + said.action() + " by="
                + (user == null ? hit.visitor().address() : user.email()) + " page=\"" + said.title() + "\" took="
                + hit.bytes() % 900 + "ms";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Goes on by one request and leaves its access line in {@link AccessLine#buffer()}. */
    AccessLine nextAccessLine() {
        Hit hit = nextHit();
        line.write(hit, clock.getAsLong(), dice);
        return line;
    }

    /** The id of a user who comes often: one to opt out and watch. */
    public String regularUser() {
        return "u10000";
    }
}
