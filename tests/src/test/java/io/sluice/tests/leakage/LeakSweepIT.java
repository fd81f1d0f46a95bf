package io.sluice.tests.leakage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.infra.kafka.BrokerProcess;
import io.sluice.keys.ServerKeyStore;
import io.sluice.sinks.vault.VaultFile;
import io.sluice.sinks.vault.VaultReader;
import io.sluice.tests.command.Sluice;
import io.sluice.tests.leakage.Canaries.Canary;
import io.sluice.tests.leakage.Canaries.Kind;
import io.sluice.tests.stack.Account;
import io.sluice.tests.stack.RunningSluice;
import io.sluice.tests.stack.StackPart;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Our signature test: canaries of every kind go in, at every place of every record, while the boundary job is killed and
 * while its vault fails; then they are in no store but the raw topics, in no spelling.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeakSweepIT {
    private final Canaries canaries = new Canaries(20261124);
    private final CanaryRecords records = CanaryRecords.of(canaries);
    private final CanaryRequests requests = CanaryRequests.of(canaries);
    private final Canary optedOut = canaries.plant(Kind.EMAIL, "a person who opts out");
    private final Canary asked = canaries.plant(Kind.LOGIN, "a request to the server");
    private final Mutants mutants = new Mutants(canaries);
    private final Needles needles = new Needles(canaries.planted());
    private final Sweeps sweeps = new Sweeps(needles);
    private final Set<Canary> planted = new LinkedHashSet<>(canaries.planted());
    private final Sweep opened = new Sweep(needles);

    private long failures;
    private Account account;

    @BeforeAll
    void runAndSweep() throws Exception {
        planted.removeAll(mutants.expected().keySet());
        try (RunningSluice sluice = RunningSluice.start()) {
            run(sluice);
            mutants.plantInRunning(sluice);
            Answers answers = new Answers(sluice, sweeps);
            answers.kafka();
            // Documents become visible after a while.
            sluice.await(
                    "the mutants can be found",
                    () -> sluice.documents("analytics").count(RunningSluice.INDICES.pattern("analytics"))
                            >= account.route("analytics").released() + Mutants.VISITORS);
            answers.elasticsearch();
            answers.server(asked);
            sluice.stop();
            BoundarySavepoint.take(sluice.folder(), sluice.password("kafka", BrokerProcess.ADMIN), records.records());
            openVault(sluice.folder());
            mutants.plantInStopped(sluice.folder(), sweeps);
            sweeps.files(sluice.folder());
            sweeps.of(Store.LOGS).file(sluice.upLog());
        }
        System.out.println(sweeps.report(planted));
    }

    /** Sends all records three times: before a kill, after it, and while the vault's disk refuses. */
    private void run(RunningSluice sluice) throws Exception {
        Sluice.Run optOut = sluice.run("optout", "add", "--email", optedOut.text(), "--wait");
        assertEquals(0, optOut.code(), optOut.err());
        send(sluice);
        sluice.await("some of it accounted for", () -> sluice.account().kafkaRecords() > 0);
        sluice.kill(StackPart.BOUNDARY_JOB);
        send(sluice);
        sluice.awaitStartedAgain(StackPart.BOUNDARY_JOB, 1);
        sluice.awaitAccounted();
        Path vault = sluice.folder().resolve("vault");
        Path away = sluice.folder().resolve("vault-away");
        Files.move(vault, away);
        Files.writeString(vault, "in the place of the folder");
        send(sluice);
        sluice.await(
                "the boundary job failed and was restored", () -> sluice.restartsWithin(StackPart.BOUNDARY_JOB) > 0);
        pages(sluice);
        Files.delete(vault);
        Files.move(away, vault);
        account = sluice.awaitIndexed();
        pages(sluice);
    }

    private void send(RunningSluice sluice) throws Exception {
        try (KafkaProducer<byte[], byte[]> sender = sluice.sender()) {
            for (ProducerRecord<byte[], byte[]> record : records.records()) {
                sender.send(record);
            }
            sender.flush();
        }
        requests.send(URI.create(sluice.endpoints().path("collector").asText()));
    }

    private void pages(RunningSluice sluice) throws Exception {
        for (String job : List.of("boundary", "index")) {
            failures += FlinkPages.sweep(
                    URI.create(sluice.endpoints().path("flink").path(job).asText()), sweeps);
        }
    }

    /** Opens what is sealed, as the server may, and looks for the canaries in it. */
    private void openVault(Path dir) throws Exception {
        try (ServerKeyStore keys = ServerKeyStore.open(dir.resolve("keys"), Clock.systemUTC(), new SecureRandom())) {
            VaultReader vault = new VaultReader(dir.resolve("vault"), keys);
            for (VaultFile file : vault.files()) {
                vault.read(file, record -> opened.bytes(record.toString(), record.bytes()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Store.class, names = "RAW_TOPICS", mode = Mode.EXCLUDE)
    void nothingIsFound(Store store) {
        assertEquals(Set.of(), sweeps.hits(store, planted));
        assertTrue(sweeps.of(store).lookedAt() > 0, "nothing was looked at");
        assertEquals(
                List.of(),
                sweeps.of(store).notUnpacked().stream()
                        // Two bytes are no proof that something is packed.
                        .filter(fault -> !fault.startsWith("ZLIB"))
                        .toList());
    }

    /** The one exception, and the proof that all of them came in and could be seen. */
    @Test
    void theRawTopicsHaveThemAll() {
        Set<Canary> missing = new LinkedHashSet<>(planted);
        missing.removeAll(sweeps.of(Store.RAW_TOPICS).hits().keySet());
        Set<Canary> elsewhere = new LinkedHashSet<>(requests.unwritten());
        elsewhere.addAll(Set.of(optedOut, asked));
        assertEquals(elsewhere, missing);
    }

    @Test
    void theBoundaryJobWasKilledAndFailedAndLostNothing() {
        assertTrue(failures > 0, "Flink tells of no failure");
        assertEquals(3L * (records.records().size() + requests.count()), account.kafkaRecords());
        assertTrue(account.route("analytics").released() > 0);
        assertTrue(account.route("analytics").quarantined() > 0);
    }

    @Test
    void theVaultHasWhatAnInvestigationNeedsAndNoSecretWhosePlaceIsKnown() {
        Set<Canary> found = opened.hits().keySet();
        assertEquals(
                List.of(),
                records.sealed(Carrier.Sealed.WHOLE).stream()
                        .filter(canary -> !found.contains(canary))
                        .toList(),
                "not sealed");
        assertEquals(
                List.of(),
                records.sealed(Carrier.Sealed.CUT).stream()
                        .filter(found::contains)
                        .toList(),
                "not cut out");
    }

    /** Each planted fault turns the sweep of its store red, and no other's. */
    @Test
    void everyMutantIsCaught() {
        List<String> wrong = new ArrayList<>();
        mutants.expected().forEach((canary, stores) -> {
            Set<Store> found = sweeps.with(canary);
            if (!found.equals(stores)) {
                wrong.add(canary.place() + " should be in " + stores + " and is in " + found);
            }
        });
        assertEquals(List.of(), wrong);
    }

    @Test
    void whatElasticsearchHasIsSeenByItsApiAndInItsFiles() {
        Set<String> places = sweeps.of(Store.ELASTICSEARCH).hits().getOrDefault(mutants.document(), Set.of());
        assertTrue(places.contains("a document of security"), places.toString());
        assertTrue(places.contains(LuceneFolders.VALUE), places.toString());
    }

    @Test
    void everyStoreHasItsMutant() {
        Set<Store> without = EnumSet.allOf(Store.class);
        mutants.expected().values().forEach(without::removeAll);
        assertEquals(EnumSet.of(Store.RAW_TOPICS, Store.REST), without);
    }

    @Test
    void theSetHasEveryKindAtEveryPlace() {
        assertFalse(planted.isEmpty());
        assertEquals(
                EnumSet.allOf(Kind.class),
                planted.stream().map(Canary::kind).collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class))));
    }
}
