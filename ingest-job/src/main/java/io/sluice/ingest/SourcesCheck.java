package io.sluice.ingest;

import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.ingest.source.SourceRules;
import io.sluice.redaction.rule.Dataset;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.rule.SignalsShown;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Whether the access logs that the configuration names show what browsers signal of their people's choices.
 *
 * <p>What records say of themselves by headers, and formats that are recognised record by record, are not known here.
 */
final class SourcesCheck {
    private static final Set<LogFormat> ACCESS_LOGS = EnumSet.of(
            LogFormat.COMBINED,
            LogFormat.COMMON,
            LogFormat.VHOST,
            LogFormat.NGINX,
            LogFormat.APACHE,
            LogFormat.HAPROXY,
            LogFormat.W3C,
            LogFormat.CLOUDFRONT,
            LogFormat.ALB);

    private SourcesCheck() {}

    static void run(IngestConfig config, RedactionPolicy policy, List<CheckLine> lines) {
        SourceRules rules = new SourceRules(config.sources());
        config.sources().keySet().stream().sorted().forEach(topic -> {
            SourceOptions options = rules.of(topic, new RecordHeaders());
            Dataset dataset = policy.dataset(options.dataset());
            if (dataset != null && ACCESS_LOGS.contains(options.format())) {
                lines.add(line(topic, options, dataset));
            }
        });
    }

    private static CheckLine line(String topic, SourceOptions options, Dataset dataset) {
        String source = "source " + topic;
        if (dataset.signals() == SignalsShown.NOT_COLLECTED) {
            return CheckLine.ok(source, "signals are not collected; the policy says why: " + dataset.because());
        }
        if (!LogParsers.forOptions(options).showsSignals()) {
            return CheckLine.warning(
                    source,
                    "signals not visible: its format has no place for Sec-GPC and DNT, so its lines are counted and make no"
                            + " visitor; log them as infra/web-servers shows, or say signals: not-collected in the policy,"
                            + " and because of what");
        }
        return dataset.signals() == SignalsShown.VISIBLE
                ? CheckLine.ok(source, "signals are visible")
                : CheckLine.warning(
                        source,
                        "its format shows signals, but the policy does not say so of the dataset " + dataset.name()
                                + ", so its lines make no visitor; say signals: visible there");
    }
}
