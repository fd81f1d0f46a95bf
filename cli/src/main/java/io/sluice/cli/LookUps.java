package io.sluice.cli;

import io.sluice.ingest.enrich.EnrichConfig;
import io.sluice.ingest.enrich.EnrichData;
import io.sluice.redaction.rule.RedactionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What an offline verb looks places, user agents and referrers up in. */
final class LookUps {
    private LookUps() {}

    /** As the stream's, but for the bound on new user agents: a flood costs a person's own time only. */
    static EnrichData of(Surroundings here, RedactionPolicy loaded) {
        List<String> ownHosts = loaded.datasets().values().stream()
                .flatMap(dataset -> dataset.hosts().stream())
                .distinct()
                .sorted()
                .toList();
        Path target = here.installation() == null ? null : here.installation().resolve("cli/target");
        return EnrichData.load(EnrichConfig.withDefaults(here.clock())
                .withOwnHosts(ownHosts)
                .withUserAgentsPerSecond(0)
                .withUnpackInto(target != null && Files.isWritable(target) ? target.resolve("geo") : null));
    }
}
