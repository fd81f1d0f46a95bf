package io.sluice.ingest.register;

import io.sluice.ingest.boundary.PrivacyBoundary;
import io.sluice.redaction.rule.PolicyException;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.redaction.rule.PolicyReader;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.yaml.Problem;
import io.sluice.schema.PolicyEntry;
import io.sluice.schema.ShadowEntry;
import io.sluice.sinks.elasticsearch.Indices;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an entry of the topic {@code policies} says: which policy counts from when, or which is tried beside it. */
public final class PolicyEntries {
    /** How long after its own receive time an entry counts at the earliest, so that every reader has it by then. */
    public static final Duration NOTICE = Duration.ofSeconds(30);

    /** The one key of candidates, so that the newest alone is left; no policy's id has such characters. */
    private static final String SHADOW = "(shadow)";

    private PolicyEntries() {}

    /** The key under which a candidate stands; without a value there is none. */
    public static byte[] shadowKey() {
        return SHADOW.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a record of the topic is about a candidate, and no policy that goes live. */
    public static boolean isShadow(byte @Nullable [] key) {
        return key != null && Arrays.equals(key, shadowKey());
    }

    /** The entry of a candidate; its own file goes under the name {@code VERSION.yaml}. */
    public static ShadowEntry shadow(String version, PolicyFiles files, int oneIn, Duration duration) {
        PolicyFiles named = files.named(version);
        return new ShadowEntry(version, named.hash(), named.files(), oneIn, duration.toSeconds());
    }

    /**
     * Up to which receive time a candidate is tried; by the broker's clock, which also says when a record was received.
     *
     * @param appended when the topic got the entry
     */
    public static Instant triedUntil(ShadowEntry entry, Instant appended) {
        return appended.plusSeconds(entry.getSeconds());
    }

    /** The entry of a policy; its own file goes under the name {@code VERSION.yaml}, by which readers find it. */
    public static PolicyEntry of(String version, PolicyFiles files, Instant activeFrom, boolean urgent) {
        PolicyFiles named = files.named(version);
        return new PolicyEntry(version, named.hash(), named.files(), activeFrom, urgent);
    }

    /** Its files. */
    public static PolicyFiles files(PolicyEntry entry) {
        return files(entry.getVersion(), entry.getFiles());
    }

    /** The files of an entry, its own under the name {@code VERSION.yaml}. */
    static PolicyFiles files(String version, Map<String, String> files) {
        return new PolicyFiles(version + ".yaml", new TreeMap<>(files));
    }

    /**
     * From which receive time on it counts, if it is not the first and not urgent.
     *
     * @param appended when the topic got it, milliseconds since 1970
     */
    public static long countsFrom(PolicyEntry entry, long appended) {
        return Math.max(entry.getActiveFrom().toEpochMilli(), appended + NOTICE.toMillis());
    }

    /**
     * A policy as a job takes it.
     *
     * @param beside other policies, none of which may have its id and other content
     * @throws PolicyException with all its problems, those of what no job can carry too
     */
    public static RedactionPolicy read(PolicyFiles files, Collection<PolicyFiles> beside) throws PolicyException {
        RedactionPolicy policy = PolicyReader.read(files, beside);
        List<Problem> unfit = unfit(files, policy);
        if (!unfit.isEmpty()) {
            throw new PolicyException(unfit);
        }
        return policy;
    }

    /**
     * What of a policy that loads no job can carry: fields without a column, a route without a topic, and the lack of a
     * route. Each record is accounted for on each route that has a topic, and under a policy without that route nothing
     * would become of it there.
     */
    public static List<Problem> unfit(PolicyFiles files, RedactionPolicy policy) {
        List<Problem> unfit = new ArrayList<>(PrivacyBoundary.withoutColumn(policy));
        Set<String> routes = policy.routes().keySet();
        for (String route : Indices.ROUTES) {
            if (!routes.contains(route)) {
                unfit.add(new Problem(
                        files.main(),
                        1,
                        1,
                        "the route " + route + " is missing; a policy that goes live has it",
                        null));
            }
        }
        for (String route : routes) {
            if (!Indices.ROUTES.contains(route)) {
                unfit.add(new Problem(
                        files.main(),
                        1,
                        1,
                        "the route " + route + " has no topic; a policy that goes live has "
                                + String.join(", ", Indices.ROUTES),
                        null));
            }
        }
        return unfit;
    }
}
