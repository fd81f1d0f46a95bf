package io.sluice.tests.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.collector.request.Endpoint;
import io.sluice.ingest.parse.LogFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every parser and every endpoint of the collector, given what nobody should send. Both come from their tables, so that a
 * new one without a seed is red here.
 */
class RobustnessTest {
    private static final int MUTATIONS = 1_000;
    private static final int MEBIBYTE = 1024 * 1024;

    static List<Endpoint> endpoints() {
        return Endpoint.all();
    }

    @ParameterizedTest
    @EnumSource
    void seedsAreRecordsOfTheirFormat(LogFormat format) throws IOException {
        List<byte[]> seeds = Seeds.of(format);
        assertFalse(seeds.isEmpty());
        for (byte[] seed : seeds) {
            assertTrue(new ParserTarget(format).take(seed) > 0, new String(seed, StandardCharsets.UTF_8));
            Fuzzer.target(format.label()).take(seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void recordsCutOffAtEveryByte(LogFormat format) {
        ParserTarget target = new ParserTarget(format);
        for (byte[] seed : Seeds.of(format)) {
            for (int at = 0; at <= seed.length; at++) {
                target.take(Arrays.copyOf(seed, at));
                target.take(Arrays.copyOfRange(seed, at, seed.length));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void mutatedRecords(LogFormat format) {
        ParserTarget target = new ParserTarget(format);
        Random random = new Random(format.label().hashCode());
        List<byte[]> seeds = Seeds.of(format);
        for (int i = 0; i < MUTATIONS; i++) {
            target.take(Mutation.of(seeds.get(random.nextInt(seeds.size())), random));
        }
    }

    @ParameterizedTest
    @EnumSource
    void largeAndDeepRecords(LogFormat format) {
        ParserTarget target = new ParserTarget(format);
        for (byte[] seed : Seeds.of(format)) {
            target.take(filled(seed));
            target.take(around("{\"a\":".repeat(10_000), seed, ""));
            target.take(around("[".repeat(10_000), seed, "]".repeat(10_000)));
            target.take(around("", seed, "\\".repeat(10_000)));
            target.take(around("\0", seed, "\0\u0085"));
        }
        for (String one : List.of("[", "\"", "\\", " ", "9", "{\"a\":", "a=", "<", "\0", "\n", "%")) {
            target.take(filled(one.getBytes(StandardCharsets.US_ASCII)));
        }
        target.take(filled(new byte[] {(byte) 0xFF, (byte) 0xC0}));
    }

    /** The bytes again and again, 1 MiB of them. */
    private static byte[] filled(byte[] piece) {
        byte[] all = new byte[MEBIBYTE];
        for (int i = 0; i < all.length; i++) {
            all[i] = piece[i % piece.length];
        }
        return all;
    }

    private static byte[] around(String before, byte[] record, String behind) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(record);
        out.writeBytes(behind.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void anyBodyAtTheDoor(Endpoint endpoint) throws IOException {
        DoorTarget door = new DoorTarget();
        Random random = new Random(endpoint.path().hashCode());
        List<byte[]> seeds = Seeds.of(LogFormat.byLabel(endpoint.format()).orElseThrow());
        for (int i = 0; i < 150; i++) {
            byte[] body = Mutation.of(seeds.get(random.nextInt(seeds.size())), random);
            door.take(endpoint, body, "");
            door.take(endpoint, Mutation.of(gzip(body), random), "gzip");
            door.take(endpoint, Mutation.of(deflate(body), random), "deflate");
        }
        byte[] whole = gzip(seeds.get(0));
        assertTrue(door.take(endpoint, whole, "gzip"));
        for (int at = 2; at < whole.length; at++) {
            assertFalse(door.take(endpoint, Arrays.copyOf(whole, at), "gzip"), "cut off at " + at);
        }
    }

    @Test
    void bombsAreRefusedAtTheDoor() throws IOException {
        DoorTarget door = new DoorTarget();
        byte[] zeros = new byte[64 * MEBIBYTE];
        byte[] bomb = gzip(zeros);
        assertTrue(bomb.length < MEBIBYTE / 8);
        for (Endpoint endpoint : Endpoint.all()) {
            assertFalse(door.take(endpoint, bomb, ""));
            assertFalse(door.take(endpoint, deflate(zeros), "deflate"));
            assertFalse(door.take(endpoint, new byte[DoorTarget.LIMIT + 1], ""));
        }
        // Only one packing is undone: what a packed bomb becomes is bytes that no parser unpacks.
        Endpoint first = Endpoint.all().get(0);
        assertTrue(door.take(first, gzip(bomb), "gzip"));
    }

    /** What {@code tests/fuzz/run} takes: each format, and the door. */
    @Test
    void everyTargetTakesItsSeeds() throws IOException {
        List<String> names = new ArrayList<>(List.of(Fuzzer.DOOR));
        for (LogFormat format : LogFormat.values()) {
            names.add(format.label());
        }
        int taken = 0;
        for (String name : names) {
            Fuzzer.fuzzerInitialize(new String[] {name});
            for (byte[] seed : Seeds.of(LogFormat.byLabel(name).orElse(LogFormat.SEGMENT))) {
                Fuzzer.fuzzerTestOneInput(seed);
            }
            taken++;
        }
        assertEquals(LogFormat.values().length + 1, taken);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] deflate(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
