package io.sluice.ingest.parse.request;

import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.ParseLimits;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.ingest.parse.ga4.Ga4Parser;
import io.sluice.ingest.parse.matomo.MatomoParser;
import io.sluice.ingest.parse.posthog.PosthogParser;
import io.sluice.ingest.parse.segment.SegmentParser;
import io.sluice.ingest.parse.snowplow.SnowplowParser;
import io.sluice.ingest.parse.tracker.TrackerParser;
import io.sluice.ingest.parse.usage.UsageParser;
import java.util.Map;

/** The table of the trackers whose requests can be written down. */
public final class Trackers {
    private Trackers() {}

    /** A parser for each. */
    public static Map<LogFormat, TrackerParser> of(SourceOptions options, ParseLimits limits) {
        return Map.of(
                LogFormat.USAGE, new UsageParser(options, limits),
                LogFormat.SEGMENT, new SegmentParser(options, limits),
                LogFormat.SNOWPLOW, new SnowplowParser(options, limits),
                LogFormat.MATOMO, new MatomoParser(options, limits),
                LogFormat.GA4, new Ga4Parser(options, limits),
                LogFormat.POSTHOG, new PosthogParser(options, limits));
    }
}
