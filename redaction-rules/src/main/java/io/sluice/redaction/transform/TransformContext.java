package io.sluice.redaction.transform;

import io.sluice.keys.Cipher;
import io.sluice.keys.KeyStore;
import io.sluice.redaction.consent.Purpose;
import io.sluice.redaction.detect.TextScanner;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.RecentTexts;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.token.Pseudonymizer;
import io.sluice.redaction.url.PathRule;
import org.jspecify.annotations.Nullable;

/**
 * What a transform may look at besides the value; one per task, pointed at one event and field after another.
 *
 * <p>Not thread-safe.
 */
public final class TransformContext {
    private final KeyStore keys;
    private final Pseudonymizer pseudonymizer;
    private final TextScanner scanner;
    private final RecentTexts<Value> sites = new RecentTexts<>();
    private final RecentTexts<Value> origins = new RecentTexts<>();
    private Purpose purpose = new Purpose("");
    private FieldPath path = FieldPath.of("");
    private Event event = new Event();
    private String dataset = "";
    private @Nullable PathRule pathRule;
    private long receivedAt;

    public TransformContext(KeyStore keys, TextScanner scanner) {
        this.keys = keys;
        this.pseudonymizer = new Pseudonymizer(keys);
        this.scanner = scanner;
    }

    /** Points it at an event. */
    public void enter(Event event, String dataset, @Nullable PathRule pathRule, long receivedAt) {
        this.event = event;
        this.dataset = dataset;
        this.pathRule = pathRule;
        this.receivedAt = receivedAt;
    }

    /** Points it at a route's purpose. */
    public void enter(Purpose purpose) {
        this.purpose = purpose;
    }

    /** Points it at a field. */
    public void enter(FieldPath path) {
        this.path = path;
    }

    public Purpose purpose() {
        return purpose;
    }

    public FieldPath path() {
        return path;
    }

    public Event event() {
        return event;
    }

    public String dataset() {
        return dataset;
    }

    /** The rule that the event's path matched, or null. */
    public @Nullable PathRule pathRule() {
        return pathRule;
    }

    /** Receive time of the record, milliseconds since 1970. */
    public long receivedAt() {
        return receivedAt;
    }

    public Pseudonymizer pseudonymizer() {
        return pseudonymizer;
    }

    public TextScanner scanner() {
        return scanner;
    }

    /** The sites of URLs seen lately. */
    RecentTexts<Value> sites() {
        return sites;
    }

    /** The sites of origins seen lately. */
    RecentTexts<Value> origins() {
        return origins;
    }

    /** The cipher whose output the route's purpose may read. */
    public Cipher cipher() {
        return keys.encryption(purpose.name());
    }
}
