package io.sluice.tests.leakage;

import io.sluice.tests.leakage.Canaries.Canary;
import io.sluice.tests.leakage.Canaries.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/** What goes in: a record with a canary of each kind for each {@link Carrier}, plain, and one in each encoding. */
final class CanaryRecords {
    /** How a value may be written before it gets into a record. */
    private static final Map<String, UnaryOperator<String>> ENCODINGS = encodings();

    private final Canaries canaries;
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final Map<Carrier.Sealed, List<Canary>> sealed = new EnumMap<>(Carrier.Sealed.class);
    private int rotating;

    private CanaryRecords(Canaries canaries) {
        this.canaries = canaries;
        for (Carrier.Sealed each : Carrier.Sealed.values()) {
            sealed.put(each, new ArrayList<>());
        }
    }

    /** The whole set, the same for the same seed of the canaries. */
    static CanaryRecords of(Canaries canaries) {
        CanaryRecords set = new CanaryRecords(canaries);
        for (Carrier carrier : Carriers.all()) {
            for (Kind kind : Kind.values()) {
                set.add(carrier, kind, "plain", UnaryOperator.identity());
            }
            ENCODINGS.forEach((name, encoding) -> set.add(carrier, set.nextKind(), name, encoding));
        }
        for (Kind kind : Kind.values()) {
            set.besideTheValue(kind);
        }
        return set;
    }

    /** All kinds in turn but IPv4, of which there are not enough. */
    private Kind nextKind() {
        Kind kind = Kind.values()[rotating++ % Kind.values().length];
        return kind == Kind.IPV4 ? nextKind() : kind;
    }

    private void add(Carrier carrier, Kind kind, String encoding, UnaryOperator<String> encode) {
        Canary canary = canaries.plant(kind, carrier.place() + ", " + encoding);
        sealed.get(carrier.sealed()).add(canary);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>("raw." + carrier.topic(), carrier.record().apply(encode.apply(canary.text())));
        record.headers().add(header("sluice-format", carrier.format()));
        record.headers().add(header("sluice-dataset", carrier.dataset()));
        records.add(record);
    }

    /** A sender's keys and headers are its own business, and nothing of them goes anywhere. */
    private void besideTheValue(Kind kind) {
        byte[] event = "{\"type\":\"click\"}".getBytes(StandardCharsets.UTF_8);
        Canary key = canaries.plant(kind, "a record's key");
        records.add(new ProducerRecord<>("raw.usage-events", key.text().getBytes(StandardCharsets.UTF_8), event));
        for (String name : List.of("trace", "sluice-format", "sluice-dataset", "sluice-zone", "sluice-unknown")) {
            Canary value = canaries.plant(kind, "the header " + name);
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("raw.usage-events", event);
            record.headers().add(header(name, value.text()));
            records.add(record);
            sealed.get(Carrier.Sealed.CUT).add(value);
        }
        Canary name = canaries.plant(kind, "a header's name");
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("raw.usage-events", event);
        record.headers().add(header("sluice-" + name.text(), "1"));
        records.add(record);
        sealed.get(Carrier.Sealed.CUT).addAll(List.of(key, name));
    }

    private static RecordHeader header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, UnaryOperator<String>> encodings() {
        Map<String, UnaryOperator<String>> encodings = new LinkedHashMap<>();
        UnaryOperator<String> percent = CanaryRecords::percent;
        UnaryOperator<String> base64 = text -> Base64.getEncoder().encodeToString(utf8(text));
        encodings.put("percent", percent);
        encodings.put("percent twice", text -> percent(percent(text)));
        encodings.put("base64", base64);
        encodings.put("base64 behind one", text -> base64.apply("x" + text + " and more"));
        encodings.put(
                "base64url behind two",
                text -> Base64.getUrlEncoder().withoutPadding().encodeToString(utf8("xy" + text + " and more")));
        encodings.put("base64 twice", text -> base64.apply(base64.apply(text)));
        encodings.put("percent of base64", text -> percent(base64.apply(text)));
        encodings.put("hex", text -> HexFormat.of().formatHex(utf8(text)));
        return encodings;
    }

    private static String percent(String text) {
        return HexFormat.of().withUpperCase().withPrefix("%").formatHex(utf8(text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    List<ProducerRecord<byte[], byte[]>> records() {
        return records;
    }

    /** The canaries of which the vault must have all, nothing, or either. */
    List<Canary> sealed(Carrier.Sealed which) {
        return sealed.get(which);
    }
}
