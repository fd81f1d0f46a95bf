package io.sluice.ingest.parse.declared;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;

/**
 * A way in which a server writes the time of a request.
 *
 * @param milli whether it writes milliseconds; else whole seconds
 */
record WrittenTime(String spelling, boolean milli, Function<OffsetDateTime, String> form) {
    private static final List<WrittenTime> NGINX = List.of(
            by("$time_local", false, "dd/MMM/yyyy:HH:mm:ss xx"),
            by("$time_iso8601", false, "yyyy-MM-dd'T'HH:mm:ssxxx"),
            new WrittenTime("$msec", true, time -> seconds(time) + "." + milli(time)));

    private static final List<WrittenTime> APACHE = List.of(
            by("%t", false, "'['dd/MMM/yyyy:HH:mm:ss xx']'"),
            by("%{begin}t", false, "'['dd/MMM/yyyy:HH:mm:ss xx']'"),
            by("%{end}t", false, "'['dd/MMM/yyyy:HH:mm:ss xx']'"),
            by("%{%Y-%m-%d %H:%M:%S %z}t", false, "yyyy-MM-dd HH:mm:ss xx"),
            by("%{begin:%FT%T%z}t", false, "yyyy-MM-dd'T'HH:mm:ssxx"),
            by("%{end:%d/%b/%Y:%T %z}t", false, "dd/MMM/yyyy:HH:mm:ss xx"),
            by("%{%a %b %d %T %Y %z}t", false, "EEE MMM dd HH:mm:ss yyyy xx"),
            by("%{%A, %d %B %Y %I:%M:%S %p %z}t", false, "EEEE, dd MMMM yyyy hh:mm:ss a xx"),
            by("%{%Y %j %T %z}t", false, "yyyy DDD HH:mm:ss xx"),
            by("%{%d/%b/%Y %T}t.%{msec_frac}t %{%z}t", true, "dd/MMM/yyyy HH:mm:ss.SSS xx"),
            by("%{%F %T}t,%{usec_frac}t%{%z}t", true, "yyyy-MM-dd HH:mm:ss,SSS'123'xx"),
            new WrittenTime("%{sec}t", false, WrittenTime::seconds),
            new WrittenTime("%{end:sec}t.%{end:msec_frac}t", true, time -> seconds(time) + "." + milli(time)),
            new WrittenTime("%{msec}t", true, time -> seconds(time) + milli(time)),
            new WrittenTime("%{begin:usec}t", true, time -> seconds(time) + milli(time) + "987"));

    private static WrittenTime by(String spelling, boolean milli, String pattern) {
        return new WrittenTime(spelling, milli, DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)::format);
    }

    private static String seconds(OffsetDateTime time) {
        return Long.toString(time.toEpochSecond());
    }

    private static String milli(OffsetDateTime time) {
        return String.format(Locale.ROOT, "%03d", time.getNano() / 1_000_000);
    }

    static WrittenTime random(boolean nginx, Random random) {
        List<WrittenTime> all = nginx ? NGINX : APACHE;
        return all.get(random.nextInt(all.size()));
    }

    /** A time between 2001 and 2096, in any zone of a quarter of an hour. */
    OffsetDateTime draw(Random random) {
        long second = 1_000_000_000L + random.nextLong(3_000_000_000L);
        int offset = (random.nextInt(105) - 48) * 900;
        return Instant.ofEpochMilli(second * 1_000 + (milli ? random.nextInt(1_000) : 0))
                .atOffset(ZoneOffset.ofTotalSeconds(offset));
    }
}
