package io.sluice.ingest.parse.envelope;

import io.sluice.redaction.event.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON objects that shippers make of a line, and what each calls the line. */
public enum Envelope {
    /** Filebeat and Elastic Agent. */
    FILEBEAT(
            List.of("message"),
            Set.of("@timestamp"),
            Set.of(
                    "agent.type",
                    "agent.name",
                    "beat.name",
                    "beat.hostname",
                    "input.type",
                    "prospector.type",
                    "log.file.path")),
    /** Vector's own schema. */
    VECTOR(List.of("message"), Set.of("source_type"), Set.of("timestamp", "file", "host")),
    /** journald by {@code journalctl -o json}. */
    JOURNALD(List.of("MESSAGE"), Set.of("__REALTIME_TIMESTAMP"), Set.of("__CURSOR", "_BOOT_ID", "PRIORITY", "_PID")),
    /** Templates of rsyslog: {@code %jsonmesg%}, and those of its documents. */
    RSYSLOG(
            List.of("msg", "message"),
            Set.of(),
            Set.of(
                    "syslogtag",
                    "syslog-tag",
                    "programname",
                    "fromhost",
                    "fromhost-ip",
                    "timereported",
                    "timegenerated")),
    /** Fluent Bit and Fluentd; Docker's and containerd's files, which they read. */
    FLUENT_BIT(List.of("log"), Set.of(), Set.of("date", "time", "stream", "kubernetes.pod_name", "container_id"));

    private final List<String> lines;
    private final Set<String> all;
    private final Set<String> any;

    Envelope(List<String> lines, Set<String> all, Set<String> any) {
        this.lines = lines;
        this.all = all;
        this.any = any;
    }

    /** The envelope of an object with these flat names, or null if it is none. */
    public static @Nullable Envelope of(Map<String, Value> members) {
        for (Envelope envelope : values()) {
            if (members.keySet().containsAll(envelope.all)
                    && envelope.any.stream().anyMatch(members::containsKey)
                    && envelope.lineName(members) != null) {
                return envelope;
            }
        }
        return null;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name of the line among the members. */
    @Nullable
    String lineName(Map<String, Value> members) {
        for (String name : lines) {
            if (line(members.get(name)) != null) {
                return name;
            }
        }
        return null;
    }

    /** The line: text, or, as journald has it for what is no UTF-8, its bytes as numbers. */
    static @Nullable String line(@Nullable Value value) {
        if (value instanceof Value.Text text) {
            return text.text();
        }
        if (!(value instanceof Value.Items items) || items.items().isEmpty()) {
            return null;
        }
        byte[] bytes = new byte[items.items().size()];
        for (int i = 0; i < bytes.length; i++) {
            if (!(items.items().get(i) instanceof Value.Whole whole) || whole.number() < 0 || whole.number() > 255) {
                return null;
            }
            bytes[i] = (byte) whole.number();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
