package io.sluice.ingest;

import io.sluice.ingest.boundary.Outcomes;
import io.sluice.ingest.boundary.Position;
import io.sluice.ingest.boundary.PrivacyBoundary;
import io.sluice.ingest.boundary.RawRecord;
import io.sluice.ingest.boundary.Sealer;
import io.sluice.ingest.boundary.Shadow;
import io.sluice.ingest.boundary.ShadowTally;
import io.sluice.ingest.carry.OpenBoundary;
import io.sluice.ingest.carry.PerProcess;
import io.sluice.ingest.enrich.EnrichConfig;
import io.sluice.ingest.enrich.EnrichData;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.register.SharedRegister;
import io.sluice.keys.FileKeyStore;
import io.sluice.keys.KeyStore;
import io.sluice.schema.SealedBlock;
import io.sluice.sinks.vault.BlockSealer;
import java.io.Serializable;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The privacy boundary of one task, made from the configuration: keys, registers, look-ups and the sealer. */
final class TaskBoundary implements OpenBoundary {
    private static final Duration LOOK_FOR_NEW_DATABASES = Duration.ofMinutes(1);

    private static final PerProcess<Lookups, EnrichData> ENRICH_DATA = new PerProcess<>(Lookups::load);

    private final KeyStore keys;
    private final SharedRegister.Lease registers;
    private final PerProcess.Lease<EnrichData> lookups;
    private final BlockSealer blocks;
    private final CountingSealer sealer;
    private final PrivacyBoundary boundary;
    private final Shadow shadow;

    /** What places and user agents are looked up in; one for all tasks of a process, for it is large. */
    private record Lookups(
            @Nullable String city, @Nullable String asn, @Nullable String unpackInto, ArrayList<String> ownHosts)
            implements Serializable {
        static Lookups of(IngestConfig.Geo geo) {
            return new Lookups(
                    text(geo.city()), text(geo.asn()), text(geo.unpackInto()), new ArrayList<>(geo.ownHosts()));
        }

        private static @Nullable String text(@Nullable Path path) {
            return path == null ? null : path.toString();
        }

        private static @Nullable Path path(@Nullable String text) {
            return text == null ? null : Path.of(text);
        }

        EnrichData load() {
            return EnrichData.load(EnrichConfig.withDefaults(Clock.systemUTC())
                            .withPlaceDatabase(path(city))
                            .withNetworkDatabase(path(asn))
                            .withUnpackInto(path(unpackInto))
                            .withOwnHosts(ownHosts))
                    .follow(LOOK_FOR_NEW_DATABASES);
        }
    }

    /** Hands each record to the block sealer and counts it. */
    private static final class CountingSealer implements Sealer {
        private final BlockSealer blocks;
        private long count;

        CountingSealer(BlockSealer blocks) {
            this.blocks = blocks;
        }

        @Override
        public void seal(RawRecord from, Position at, Bytes record, boolean quarantined, List<byte[]> terms) {
            blocks.add(
                    from.topicId(),
                    from.partition(),
                    from.offset(),
                    at.ordinal(),
                    from.receivedAt(),
                    record.array(),
                    record.from(),
                    record.to(),
                    quarantined,
                    terms);
            count++;
        }

        @Override
        public boolean takes(RawRecord from, boolean quarantined) {
            return blocks.takes(from.receivedAt(), quarantined);
        }
    }

    private TaskBoundary(
            KeyStore keys,
            SharedRegister.Lease registers,
            PerProcess.Lease<EnrichData> lookups,
            int subtask,
            Consumer<SealedBlock> blockOut) {
        this.keys = keys;
        this.registers = registers;
        this.lookups = lookups;
        this.blocks = new BlockSealer(keys, new SecureRandom(), Clock.systemUTC(), "boundary-" + subtask, blockOut);
        this.sealer = new CountingSealer(blocks);
        this.boundary = new PrivacyBoundary(
                registers.policies(), registers.choices(), keys, lookups.get().enricher(), sealer);
        this.shadow = new Shadow(
                registers::candidate,
                registers.policies(),
                registers.choices(),
                keys,
                lookups.get()::enricher,
                new SecureRandom());
    }

    /** Opens it with what Flink can carry to a task. */
    static OpenBoundary.Opener opener(Path keys, IngestConfig.Geo geo, SharedRegister register) {
        String folder = keys.toString();
        Lookups lookups = Lookups.of(geo);
        return (subtask, out) -> open(folder, lookups, register, subtask, out);
    }

    private static OpenBoundary open(
            String keys, Lookups lookups, SharedRegister register, int subtask, Consumer<SealedBlock> blockOut) {
        KeyStore store = FileKeyStore.open(Path.of(keys), Clock.systemUTC(), new SecureRandom());
        SharedRegister.Lease registers = register.lease();
        PerProcess.Lease<EnrichData> data = null;
        try {
            data = ENRICH_DATA.lease(lookups);
            return new TaskBoundary(store, registers, data, subtask, blockOut);
        } catch (RuntimeException e) {
            if (data != null) {
                data.close();
            }
            registers.close();
            store.close();
            throw e;
        }
    }

    @Override
    public void process(RawRecord record, Outcomes into) {
        boundary.process(record, into);
    }

    @Override
    public void sealWhole(RawRecord record) {
        if (sealer.takes(record, true)) {
            sealer.seal(record, new Position(0, 0, 1, 0), record.value(), true, List.of());
        }
    }

    @Override
    public long takeSealed() {
        long count = sealer.count;
        sealer.count = 0;
        return count;
    }

    @Override
    public void shadow(RawRecord record, ShadowTally into) {
        shadow.look(record, into);
    }

    @Override
    public void endBlocks() {
        blocks.endBlocks();
    }

    @Override
    public void close() {
        try (keys;
                registers;
                lookups;
                shadow) {
            blocks.close();
        }
    }
}
