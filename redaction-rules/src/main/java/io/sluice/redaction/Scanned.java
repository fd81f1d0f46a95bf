package io.sluice.redaction;

import io.sluice.redaction.consent.Identifier;
import io.sluice.redaction.detect.DataCategory;
import io.sluice.redaction.detect.Finding;
import io.sluice.redaction.detect.TextScanner;
import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.FieldPath;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.RecentTexts;
import io.sluice.redaction.event.Value;
import io.sluice.redaction.rule.Dataset;
import io.sluice.redaction.rule.FieldRule;
import io.sluice.redaction.rule.Form;
import io.sluice.redaction.rule.RedactionPolicy;
import io.sluice.redaction.url.PathRule;
import io.sluice.redaction.url.PathTemplates;
import io.sluice.redaction.url.PercentCoding;
import io.sluice.redaction.url.UrlParts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One event with what all routes need to know of it: its path's rule, its audience, and, for whoever seals or indexes
 * it, the personal data found in it. Plaintext; not thread-safe.
 */
public final class Scanned {
    private final Event event;
    private final Dataset dataset;
    private final RedactionPolicy policy;
    private final TextScanner scanner;
    private final @Nullable PathRule pathRule;
    private final long receivedAt;

    Scanned(
            Event event,
            Dataset dataset,
            RedactionPolicy policy,
            TextScanner scanner,
            RecentTexts<SplitUrl> urls,
            long receivedAt) {
        this.event = event;
        this.dataset = dataset;
        this.policy = policy;
        this.scanner = scanner;
        this.receivedAt = receivedAt;
        this.pathRule = split(event, dataset, urls);
    }

    /** Sets the parts of the URL beside it, and finds the path's rule. */
    private static @Nullable PathRule split(Event event, Dataset dataset, RecentTexts<SplitUrl> urls) {
        String url = event.text(Fields.URL_ORIGINAL);
        if (url == null) {
            return null;
        }
        SplitUrl split = SplitUrl.of(url, dataset, urls);
        split.putInto(event);
        return split.rule();
    }

    public Event event() {
        return event;
    }

    public Dataset dataset() {
        return dataset;
    }

    /** The rule of the event's path, or null if no template matches, or it has no path. */
    public @Nullable PathRule pathRule() {
        return pathRule;
    }

    long receivedAt() {
        return receivedAt;
    }

    /** The form in which it leaves on a route that is open to it. */
    public Form form(boolean anonymized) {
        return pathRule != null && pathRule.client() ? Form.CLIENT : anonymized ? Form.ANONYMIZED : Form.FULL;
    }

    /** Every identifier that came with it, in fields of their own or found in free text; each once. */
    public Set<Identifier> identifiers() {
        Set<Identifier> identifiers = new LinkedHashSet<>();
        add(identifiers, Identifier.Kind.USER, Fields.USER_ID);
        add(identifiers, Identifier.Kind.USER, Fields.USER_NAME);
        add(identifiers, Identifier.Kind.EMAIL, Fields.USER_EMAIL);
        add(identifiers, Identifier.Kind.COOKIE, Fields.DEVICE_ID);
        add(identifiers, Identifier.Kind.ADDRESS, Fields.SOURCE_IP);
        add(identifiers, Identifier.Kind.ADDRESS, Fields.SOURCE_ADDRESS);
        add(identifiers, Identifier.Kind.SESSION, Fields.SESSION_ID);
        freeText(text -> found(text, scanner.scan(text), identifiers));
        return identifiers;
    }

    /** Every text that the policy wants searched, in arrays and objects too, and with it the names within objects. */
    private void freeText(Consumer<String> into) {
        for (int i = 0; i < event.size(); i++) {
            FieldPath path = event.path(i);
            Value value = event.value(i);
            if (value instanceof Value.Text text) {
                if (policy.isFreeText(path)) {
                    into.accept(text.text());
                }
            } else if (value instanceof Value.Items || value instanceof Value.Members) {
                Leaves.each(path, value, (name, leaf) -> {
                    if (policy.isFreeText(name) || policy.isFreeText(path)) {
                        into.accept(leaf.plain());
                        into.accept(name.name());
                    }
                });
            }
        }
    }

    /** The fields, in arrays and objects too, that no rule lists and that are not what Sluice itself reads. */
    public List<FieldPath> unlisted() {
        List<FieldPath> unlisted = new ArrayList<>();
        for (int i = 0; i < event.size(); i++) {
            Value value = event.value(i);
            if (value instanceof Value.Items || value instanceof Value.Members) {
                Leaves.each(event.path(i), value, (name, leaf) -> {
                    if (policy.isUnlisted(name) && !unlisted.contains(name)) {
                        unlisted.add(name);
                    }
                });
            } else if (policy.isUnlisted(event.path(i))) {
                unlisted.add(event.path(i));
            }
        }
        return unlisted;
    }

    private void add(Set<Identifier> to, Identifier.Kind kind, FieldPath path) {
        Value value = event.get(path);
        if (value instanceof Value.Text text) {
            Identifier.Kind shown =
                    kind == Identifier.Kind.USER && text.text().indexOf('@') > 0 ? Identifier.Kind.EMAIL : kind;
            to.add(Identifier.of(shown, text.text()));
        } else if (value instanceof Value.Whole whole) {
            to.add(Identifier.of(kind, Long.toString(whole.number())));
        }
    }

    /** The e-mail and network addresses among the findings, decoded. */
    public static void found(String text, List<Finding> findings, Set<Identifier> into) {
        for (Finding finding : findings) {
            Identifier.Kind kind = finding.category() == DataCategory.EMAIL
                    ? Identifier.Kind.EMAIL
                    : finding.category() == DataCategory.IP ? Identifier.Kind.ADDRESS : null;
            if (kind != null) {
                into.add(Identifier.of(kind, PercentCoding.decode(text.substring(finding.start(), finding.end()))));
            }
        }
    }

    /**
     * What must be cut out before sealing: secrets and client information whose place is known.
     *
     * @return longer ones first, so that none hides within another
     */
    public List<Cut> cuts() {
        Set<Cut> cuts = new LinkedHashSet<>();
        for (FieldRule rule : policy.fields()) {
            if (isCut(rule.category())) {
                values(event.get(rule.field()), cuts);
            }
        }
        String url = event.text(Fields.URL_ORIGINAL);
        if (url != null) {
            path(url, UrlParts.of(url), dataset.paths(), cuts);
        }
        referrer(cuts);
        freeText(text -> found(text, scanner.scan(text), cuts));
        if (cuts.isEmpty()) {
            return List.of();
        }
        List<Cut> longestFirst = new ArrayList<>(cuts);
        longestFirst.sort((a, b) -> Integer.compare(b.text().length(), a.text().length()));
        return longestFirst;
    }

    /** The findings that must be cut out of a text before it is sealed. */
    public static void found(String text, List<Finding> findings, Collection<Cut> into) {
        for (Finding finding : findings) {
            if (isCut(finding.category())) {
                into.add(Cut.whole(text.substring(finding.start(), finding.end())));
            }
        }
    }

    private static boolean isCut(@Nullable DataCategory category) {
        return category == DataCategory.CREDENTIAL || category == DataCategory.CLIENT_INFORMATION;
    }

    private static void values(@Nullable Value value, Set<Cut> into) {
        if (value instanceof Value.Text text) {
            into.add(Cut.whole(text.text()));
        } else if (value instanceof Value.Items items) {
            items.items().forEach(item -> values(item, into));
        } else if (value instanceof Value.Members members) {
            members.members().values().forEach(member -> values(member, into));
        }
    }

    /**
     * A path is cut as a whole, for a segment alone could be as short as a digit; one that a browser would write in
     * another way leaves nothing, for its segments are not those of the rule. One without template keeps no more than
     * the beginning that it shares with one.
     */
    private static void path(String url, UrlParts parts, PathTemplates templates, Set<Cut> into) {
        String path = parts.rawPath();
        PathRule rule = templates.match(parts.path());
        int personal = rule == null ? templates.personalFrom(parts.path()) : -1;
        if (rule == null ? personal < 0 : rule.parameters().isEmpty()) {
            return;
        }
        if (!path.equals(parts.path())) {
            into.add(Cut.whole(url.contains(path) ? path : url));
            return;
        }
        if (rule == null) {
            into.add(new Cut(path, path.substring(0, personal) + Cut.MARK));
            return;
        }
        into.addAll(segments(path, rule));
    }

    private static List<Cut> segments(String path, PathRule rule) {
        StringBuilder cut = new StringBuilder();
        int segment = 0;
        boolean any = false;
        for (String part : path.substring(1).split("/", -1)) {
            boolean personal = !part.isEmpty()
                    && rule.categoryAt(segment++).filter(Scanned::isCut).isPresent();
            any |= personal;
            cut.append('/').append(personal ? Cut.MARK : part);
        }
        return any ? List.of(new Cut(path, cut.toString())) : List.of();
    }

    private void referrer(Set<Cut> into) {
        String referrer = event.text(Fields.HTTP_REFERRER);
        if (referrer == null) {
            return;
        }
        UrlParts parts = UrlParts.of(referrer);
        for (Dataset known : policy.datasets().values()) {
            if (parts.host() == null || known.hosts().contains(parts.host())) {
                path(referrer, parts, known.paths(), into);
            }
        }
    }

    @Override
    public String toString() {
        return "Scanned[" + event.size() + " fields]";
    }
}
