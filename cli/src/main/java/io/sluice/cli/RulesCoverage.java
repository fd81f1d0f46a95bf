package io.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.ingest.offline.SampleFields;
import io.sluice.redaction.catalogue.CataloguePage;
import io.sluice.redaction.catalogue.Coverage;
import io.sluice.redaction.rule.RedactionPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rules coverage}: which field of which dataset falls under what. */
@Command(
        name = "coverage",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Prints for each dataset and field its treatment on each route, the clause and the file of its rule, who owns"
                    + " it, and how many examples prove it.",
            "With samples it also counts the fields in them that no rule lists and the paths that no template matches, and"
                    + " says how to begin a rule for each."
        },
        footer = {
            "",
            "Examples:",
            "  sluice rules coverage --page docs/catalogue.md",
            "  sluice rules coverage --policy my-rules/policy.yaml app.log"
        })
final class RulesCoverage implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Surroundings here;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    SampleRun sample = new SampleRun();

    @Mixin
    PolicyFlag policy = new PolicyFlag();

    @Option(names = "--page", paramLabel = "FILE", description = "Write all of it as a Markdown page, detectors too.")
    @Nullable
    String page;

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    RulesCoverage(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() throws CommandFailure {
        RedactionPolicy loaded = policy.load(here);
        if (page != null) {
            try {
                Files.writeString(here.resolve(page), CataloguePage.of(loaded));
            } catch (IOException e) {
                throw new CommandFailure("cannot write " + page + "; check that its folder exists", e);
            }
        }
        SampleFields fields = null;
        int code = ExitCode.OK;
        if (!sample.input.files.isEmpty()) {
            SampleRun.Result<SampleFields> result = sample.run(
                    here,
                    () -> loaded,
                    needs -> new SampleFields(
                            loaded,
                            needs.keys(),
                            needs.enricher(),
                            needs.options(),
                            needs.receivedAt(),
                            needs.atEnd()));
            fields = result.work;
            code = result.code;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(loaded, fields));
        } else {
            print(out, loaded, fields);
        }
        return code;
    }

    private void print(PrintWriter out, RedactionPolicy loaded, @Nullable SampleFields fields) {
        for (Coverage.Row row : Coverage.of(loaded)) {
            out.println(row.dataset() + "  " + row.field() + "  " + row.routes() + "  " + row.clause() + "  "
                    + row.rule() + "  " + row.owner() + "  " + row.tests() + (row.tests() == 1 ? " test" : " tests"));
        }
        if (fields == null) {
            return;
        }
        fields.unlisted()
                .forEach((name, count) -> out.println("unlisted, dropped: " + name + ", " + count
                        + (count == 1 ? " event" : " events") + "; to list it: sluice rules new rule " + name
                        + " --policy FILE"));
        fields.otherPaths()
                .forEach((shape, count) -> out.println("no template: " + shape + ", " + count
                        + (count == 1 ? " event" : " events") + "; to declare it: an entry under paths, such as "
                        + shape.replaceAll("[a9~][a9~_.-]*", ":name")));
    }

    private static ObjectNode json(RedactionPolicy loaded, @Nullable SampleFields fields) {
        ObjectNode all = JSON.createObjectNode();
        List<Coverage.Row> rows = Coverage.of(loaded);
        all.set("fields", JSON.valueToTree(rows));
        all.set("unlisted", JSON.valueToTree(fields == null ? Map.of() : fields.unlisted()));
        all.set("otherPaths", JSON.valueToTree(fields == null ? Map.of() : fields.otherPaths()));
        return all;
    }
}
