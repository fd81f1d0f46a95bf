package io.sluice.tests.leakage;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.tests.leakage.Canaries.Canary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One sweep for each {@link Store} of an installation. */
final class Sweeps {
    private final Map<Store, Sweep> sweeps = new EnumMap<>(Store.class);
    private final Needles needles;
    private int indices;

    Sweeps(Needles needles) {
        this.needles = needles;
        for (Store store : Store.values()) {
            sweeps.put(store, new Sweep(needles));
        }
    }

    Sweep of(Store store) {
        return sweeps.get(store);
    }

    /** All files of an installation that has been stopped; of what a process of it wrote, none is left out. */
    void files(Path dir) throws IOException, InterruptedException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(dir)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path inside = dir.relativize(file);
            if (inside.startsWith("elasticsearch/home")) {
                // The program itself, copied for a user who cannot read the original.
                continue;
            }
            Sweep sweep = of(Store.of(inside));
            // Names can leak as well as contents.
            sweep.text("name of " + inside, inside.toString());
            if (inside.startsWith("kafka/data") && file.toString().endsWith(".log")) {
                sweep.kafkaSegment(file);
            } else {
                sweep.file(file);
            }
        }
        indices += LuceneFolders.sweep(dir.resolve("elasticsearch/data"), of(Store.ELASTICSEARCH));
    }

    /** An answer of a store. */
    void answer(Store store, String where, JsonNode answer) {
        // As it is shown, and each text by itself, for JSON may escape it.
        of(store).text(where, answer.toString());
        values(answer, where, of(store));
    }

    private static void values(JsonNode node, String where, Sweep into) {
        if (node.isValueNode()) {
            into.text(where, node.asText());
        } else {
            node.fieldNames().forEachRemaining(name -> into.text(where, name));
            node.forEach(child -> values(child, where, into));
        }
    }

    /** The stores in which a canary was found. */
    Set<Store> with(Canary canary) {
        Set<Store> found = new TreeSet<>();
        sweeps.forEach((store, sweep) -> {
            if (sweep.hits().containsKey(canary)) {
                found.add(store);
            }
        });
        return found;
    }

    /** Of these canaries those which a store has, and where. */
    Set<String> hits(Store store, Set<Canary> of) {
        Set<String> hits = new LinkedHashSet<>();
        of(store).hits().forEach((canary, places) -> {
            if (of.contains(canary)) {
                hits.add(canary.kind() + " of " + canary.place() + " at " + places);
            }
        });
        return hits;
    }

    /** What was looked at and found, a line for each store. */
    String report(Set<Canary> planted) {
        StringBuilder report = new StringBuilder();
        report.append(String.format(
                Locale.ROOT,
                "%d canaries, %d spellings, %d indices of Lucene%n%-14s %7s %8s %13s %8s%n",
                needles.canaries(),
                needles.spellings(),
                indices,
                "store",
                "files",
                "unpacked",
                "bytes",
                "hits"));
        sweeps.forEach((store, sweep) -> report.append(String.format(
                Locale.ROOT,
                "%-14s %7d %8d %13d %8d%n",
                store,
                sweep.files(),
                sweep.unpacked(),
                sweep.lookedAt(),
                hits(store, planted).size())));
        return report.toString();
    }
}
