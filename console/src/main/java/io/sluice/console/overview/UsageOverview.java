package io.sluice.console.overview;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the first page.
 *
 * <p>Guarantees: what it answers is of groups of ten visitors or more ({@link SmallGroups}); one dataset at a time and
 * whole days only, so that neither two datasets nor two periods differ by a few people's traffic on a day. Does not
 * guarantee: anonymity; the figures are made of pseudonymous events.
 *
 * <p>Thread-safe.
 */
public final class UsageOverview {
    private final UsageEvents events;
    private final ZoneId zone;
    private final Clock clock;

    /** @param zone whose days are counted */
    public UsageOverview(UsageEvents events, ZoneId zone, Clock clock) {
        this.events = events;
        this.zone = zone;
        this.clock = clock;
    }

    /** Where the figures come from. */
    public interface UsageEvents {
        /** The events as they are now. */
        Snapshot open() throws FiguresUnavailable;
    }

    /** The present day in the zone of the installation. */
    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    public ZoneId zone() {
        return zone;
    }

    /**
     * The figures of one dataset.
     *
     * @param wanted the dataset; without one, or if it has no figures, the one of most page views
     * @throws FiguresUnavailable if Elasticsearch does not answer
     */
    public Overview of(Period period, @Nullable String wanted) throws FiguresUnavailable {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        try (Snapshot snapshot = events.open()) {
            List<Days> all = Days.read(snapshot.search(Days.question(period)));
            List<Days> withFigures = all.stream().filter(Days::hasFigures).toList();
            Optional<Days> chosen = withFigures.stream()
                    .filter(days -> days.dataset().equals(wanted))
                    .findFirst()
                    .or(() -> withFigures.stream().max(Comparator.comparingLong(Days::views)));
            if (chosen.isEmpty()) {
                return empty(period, now, all.isEmpty() ? Overview.State.EMPTY : Overview.State.FEW);
            }
            Breakdown.Figures figures = new Breakdown(period, chosen.get()).ask(snapshot);
            return overview(period, now, withFigures, chosen.get(), figures);
        }
    }

    private static Overview overview(
            Period period, Instant now, List<Days> all, Days chosen, Breakdown.Figures figures) {
        return new Overview(
                Overview.State.FIGURES,
                now,
                period.from().toString(),
                period.to().toString(),
                period.zone().getId(),
                all.stream().map(Days::dataset).toList(),
                chosen.dataset(),
                chosen.provider(),
                figures.policies(),
                chosen.leftOut().size(),
                figures.visitors(),
                figures.views(),
                figures.timeline(),
                figures.pages(),
                figures.sources(),
                figures.countries(),
                figures.devices());
    }

    private static Overview empty(Period period, Instant now, Overview.State state) {
        return new Overview(
                state,
                now,
                period.from().toString(),
                period.to().toString(),
                period.zone().getId(),
                List.of(),
                null,
                null,
                List.of(),
                0,
                0,
                0,
                new Overview.Timeline(Intervals.Step.DAY.label(), List.of(), 0),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
