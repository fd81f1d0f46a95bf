package io.sluice.ingest;

import io.sluice.ingest.enrich.EnrichConfig;
import io.sluice.ingest.enrich.EnrichData;
import io.sluice.ingest.register.PolicyEntries;
import io.sluice.keys.Bucket;
import io.sluice.keys.FileKeyStore;
import io.sluice.keys.KeyStore;
import io.sluice.keys.KeyUnavailable;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Folders, keys, policy and look-ups. */
final class StoreCheck {
    private final IngestConfig config;
    private final List<CheckLine> lines;

    StoreCheck(IngestConfig config, List<CheckLine> lines) {
        this.config = config;
        this.lines = lines;
    }

    void run() {
        folder("checkpoints", config.stores().checkpoints());
        if (config.job() == JobKind.INDEX) {
            folder("subject index", config.stores().subjectIndex());
            return;
        }
        folder("vault", config.stores().vault());
        keys();
        policy();
        lookups();
    }

    private void folder(String what, @Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path probe = Files.createTempFile(folder, "check", null);
            Files.delete(probe);
            lines.add(CheckLine.ok(what, folder + " can be written"));
        } catch (IOException e) {
            lines.add(CheckLine.failed(
                    what, folder + " cannot be written; create it for this user, or make room on its disk"));
        }
    }

    private void keys() {
        Path folder = config.stores().keys();
        if (folder == null) {
            return;
        }
        try (KeyStore keys = FileKeyStore.open(folder, Clock.systemUTC(), new SecureRandom())) {
            keys.gate();
            Bucket now = Bucket.of(Clock.systemUTC().instant(), false);
            keys.bucket(now.name());
            lines.add(CheckLine.ok("keys", folder + " can be used"));
        } catch (KeyUnavailable e) {
            lines.add(CheckLine.warning(
                    "keys",
                    "the vault has no key for this hour yet, so the job waits; start the server, which makes them"));
        } catch (RuntimeException e) {
            lines.add(CheckLine.failed("keys", "the key store " + folder + " cannot be used: " + Faults.sentence(e)));
        }
    }

    private void policy() {
        try {
            PolicyFiles files = Preparation.policy(config);
            RedactionPolicy policy = PolicyReader.read(files);
            SourcesCheck.run(config, policy, lines);
            List<Problem> unfit = PolicyEntries.unfit(files, policy);
            lines.add(
                    unfit.isEmpty()
                            ? CheckLine.ok("policy", policy.version() + " loads")
                            : CheckLine.failed(
                                    "policy",
                                    policy.version() + " cannot go live: "
                                            + unfit.stream()
                                                    .map(Problem::toString)
                                                    .collect(Collectors.joining(", "))));
        } catch (PolicyException e) {
            lines.add(CheckLine.failed("policy", "it does not load:\n" + e.getMessage()));
        } catch (IOException e) {
            lines.add(CheckLine.failed(
                    "policy", config.stores().policy() + " cannot be read; look at its path and rights"));
        }
    }

    private void lookups() {
        IngestConfig.Geo geo = config.geo();
        if (geo.city() == null && geo.asn() == null) {
            lines.add(CheckLine.ok("places", "the shipped databases, which are old and coarse"));
            return;
        }
        try (EnrichData data = EnrichData.load(EnrichConfig.withDefaults(Clock.systemUTC())
                .withPlaceDatabase(geo.city())
                .withNetworkDatabase(geo.asn()))) {
            data.ages()
                    .forEach(age -> lines.add(
                            age.isStale()
                                    ? CheckLine.warning(
                                            "places", age.name() + " is " + age.days() + " days old; get a newer one")
                                    : CheckLine.ok("places", age.name() + " is " + age.days() + " days old")));
        } catch (RuntimeException e) {
            lines.add(CheckLine.failed("places", Faults.sentence(e)));
        }
    }
}
