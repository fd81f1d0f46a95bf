package io.sluice.infra.sample;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/** Writes the access lines of the sample into a file, for measurements and for trying things out. */
public final class SampleFile {
    /** When the lines of a file begin; a fixed time, so that the same seed gives the same file. */
    public static final Instant START = Instant.parse("2024-01-10T12:00:00Z");

    private static final int REQUESTS_PER_SECOND = 200;

    private SampleFile() {}

    /**
     * Writes so many combined lines, of both sites.
     *
     * @param out not closed here
     */
    public static void write(OutputStream out, long seed, long lines) throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        SampleTraffic traffic = new SampleTraffic(seed, SampleTraffic.steps(START, REQUESTS_PER_SECOND));
        for (long i = 0; i < lines; i++) {
            AccessLine line = traffic.nextAccessLine();
            buffered.write(line.buffer(), 0, line.length());
            buffered.write('\n');
        }
        buffered.flush();
    }
}
