package io.sluice.redaction.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.sluice.redaction.detect.DataCategory;
import io.sluice.redaction.detect.PatternReader;
import io.sluice.redaction.detect.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The JSON Schemas by which editors check the rules say the same as the readers. */
class SchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Schema POLICY = schema("policy");
    private static final Schema DETECTORS = schema("detectors");

    private static Schema schema(String name) {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(JSON.readTree(
                            Path.of("schemas", name + ".schema.json").toFile()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> problems(Schema schema, String yaml) {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        JsonNode node = JSON.valueToTree(tree);
        return schema.validate(node).stream().map(Object::toString).toList();
    }

    static List<Path> shipped(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    static List<Path> policies() throws IOException {
        return shipped("policies");
    }

    static List<Path> detectors() throws IOException {
        return shipped("detectors");
    }

    @ParameterizedTest
    @MethodSource("policies")
    void theShippedPoliciesAreValid(Path file) throws IOException {
        assertEquals(List.of(), problems(POLICY, Files.readString(file)));
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void theShippedDetectorsAreValid(Path file) throws IOException {
        assertEquals(List.of(), problems(DETECTORS, Files.readString(file)));
    }

    @ParameterizedTest
    @MethodSource({"policies", "detectors"})
    void eachFileNamesTheSchemaThatEditorsTake(Path file) throws IOException {
        String first = Files.readString(file).lines().findFirst().orElseThrow();
        String schema = first.replaceFirst("^# yaml-language-server: \\$schema=", "");
        assertTrue(Files.exists(file.resolveSibling(schema)), first);
    }

    private static final String SOUND =
            """
            policy: test-1
            clauses:
              usage.data: {says: x, kept-by: rules}
            datasets:
              application: {hosts: [app.example.com], signals: not-collected, because: x}
            purposes:
              analytics: {default: open, closedIn: [CA-QC], closes: {product-choice: drop, dnt: anonymize}}
            routes:
              analytics: {purpose: analytics, retention: 7 d, anonymized: {props.plan: same}, client: {props.plan: same}}
            fields:
              - field: props.plan
                clause: usage.data
                because: x
                owner: me
                category: person-name
                routes: {analytics: {listed: {values: [a, b], otherwise: c}}}
                examples: [{value: a, dataset: application, with: {log.level: info}, analytics: a}]
              - {field: props.n, clause: usage.data, because: x, owner: me, routes: {analytics: {number: {min: 1, max: 9}}}}
              - {field: props.m, clause: usage.data, because: x, owner: me, routes: {analytics: {mask: {first: 1, last: 2}}}}
              - {field: props.t, clause: usage.data, because: x, owner: me, routes: {analytics: {tokenize: thing}}}
              - {field: props.i, clause: usage.data, because: x, owner: me, routes: {analytics: {truncate-ip: {v4: 16, v6: 32}}}}
              - {field: props.e, clause: usage.data, because: x, owner: me, routes: {analytics: {encrypt: {field: event.action, operations: [a]}}}}
              - {field: "props.*.x", clause: usage.data, because: x, owner: me, routes: {analytics: language}}
            paths:
              application: [/, {path: "/a/:b", holds: {b: client-information}, query: {q: number, r: [a, b]}, page: false}, {path: /i, audience: client}]
            freeText: [message]
            optOutCookie: out
            phoneRegions: [CA, US]
            """;

    private static boolean reads(String text) {
        try {
            PolicyReader.read(new PolicyFiles("p.yaml", new TreeMap<>(Map.of("p.yaml", text))));
            return true;
        } catch (PolicyException e) {
            return false;
        }
    }

    @Test
    void schemaAndReaderTakeWhatIsSound() {
        assertEquals(List.of(), problems(POLICY, SOUND));
        assertTrue(reads(SOUND));
    }

    /** Every key and every closed word, misspelled one after another: both must refuse each. */
    @Test
    void schemaAndReaderRefuseTheSameMisspellings() {
        TreeSet<String> words = new TreeSet<>(List.of(
                "policy",
                "clauses",
                "kept-by",
                "rules",
                "datasets",
                "hosts",
                "signals",
                "not-collected",
                "because",
                "purposes",
                "default",
                "open",
                "closedIn",
                "closes",
                "product-choice",
                "dnt",
                "drop",
                "anonymize",
                "routes",
                "purpose",
                "retention",
                "anonymized",
                "client",
                "same",
                "fields",
                "field",
                "clause",
                "owner",
                "category",
                "person-name",
                "listed",
                "values",
                "otherwise",
                "examples",
                "with",
                "number",
                "min",
                "max",
                "mask",
                "first",
                "last",
                "tokenize",
                "truncate-ip",
                "v4",
                "v6",
                "encrypt",
                "operations",
                "language",
                "paths",
                "path",
                "holds",
                "client-information",
                "query",
                "page",
                "audience",
                "freeText",
                "optOutCookie",
                "phoneRegions",
                "says"));
        List<String> disagreed = new ArrayList<>();
        for (String word : words) {
            String wrong = SOUND.replaceFirst("(?<![A-Za-z.-])" + word + "(?![A-Za-z.-])", word + "x");
            boolean schema = problems(POLICY, wrong).isEmpty();
            boolean reader = reads(wrong);
            if (schema || reader) {
                disagreed.add(word + ": the schema " + (schema ? "takes" : "refuses") + " it, the reader "
                        + (reader ? "takes" : "refuses") + " it");
            }
        }
        assertEquals(List.of(), disagreed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{first: 1, last: 2} | {first: 9}",
                "{v4: 16, v6: 32}    | {v4: 25}",
                "tokenize: thing     | tokenize: Thing",
                "number: {min: 1, max: 9} | number: {min: 1}",
                "encrypt: {field: event.action, operations: [a]} | encrypt: {field: event.action}",
                "retention: 7 d      | retention: 0 d",
                "policy: test-1      | policy: test 1",
                "'\"props.*.x\"'     | '\"*.x\"'",
                "'\"props.*.x\"'     | props.x*",
                "not-collected, because: x | not-collected",
                "{value: a, dataset  | {dataset",
                "[/,                 | [a,",
                "page: false         | page: maybe"
            })
    void schemaAndReaderRefuseTheSameValues(String from, String to) {
        String wrong = SOUND.replace(from, to);
        assertTrue(!wrong.equals(SOUND), from);
        assertTrue(!problems(POLICY, wrong).isEmpty(), "the schema takes " + to);
        assertTrue(!reads(wrong), "the reader takes " + to);
    }

    @Test
    void theSchemaOfDetectorsHasTheWordsOfTheReader() throws IOException {
        JsonNode detector = JSON.readTree(
                        Path.of("schemas/detectors.schema.json").toFile())
                .at("/properties/detectors/items/properties");
        assertEquals(
                Arrays.stream(DataCategory.values()).map(DataCategory::label).toList(),
                JSON.convertValue(detector.at("/category/enum"), List.class));
        assertEquals(
                Arrays.stream(Validator.values()).map(Validator::label).toList(),
                JSON.convertValue(detector.at("/validator/enum"), List.class));
    }

    private static final String DETECTOR =
            """
            detectors:
              - name: member
                category: client-information
                because: x
                pattern: 'M-([0-9]{5})'
                group: 1
                validator: luhn
                context: {words: [member], distance: 20}
                exclude: ['0.*']
                examples: {found: ['member M-{{12344}}'], left: ['M-1']}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: member           | name: Member",
                "category: client-i     | category: clients-i",
                "because: x             | becaus: x",
                "group: 1               | group: 21",
                "validator: luhn        | validator: luhm",
                "distance: 20           | distance: 501",
                "distance: 20           | distanc: 20",
                "words: [member]        | word: [member]",
                "exclude:               | excludes:",
                "'left: [''M-1'']'      | 'left: []'",
                "{{12344}}              | 12344",
                "detectors:             | detector:"
            })
    void schemaAndReaderRefuseTheSameDetectors(String from, String to) {
        assertEquals(List.of(), problems(DETECTORS, DETECTOR));
        assertEquals(List.of(), new PatternReader().read("d.yaml", DETECTOR).problems());
        String wrong = DETECTOR.replace(from, to);
        assertTrue(!wrong.equals(DETECTOR), from);
        assertTrue(!problems(DETECTORS, wrong).isEmpty(), "the schema takes " + to);
        assertTrue(!new PatternReader().read("d.yaml", wrong).problems().isEmpty(), "the reader takes " + to);
    }
}
