package io.sluice.ingest.offline;

import io.sluice.ingest.boundary.Position;
import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.Framing;
import io.sluice.ingest.parse.ParseLimits;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.RecordSink;
import io.sluice.ingest.parse.Records;
import io.sluice.redaction.detect.Finding;
import io.sluice.redaction.detect.TextScanner;
import io.sluice.sinks.elasticsearch.JsonBytes;
import java.util.List;

/**
 * Prints what the detectors find in each record, taken as free text; the text itself is never printed.
 *
 * <p>Bounds are Unicode code points. A record above the limit for records is not looked into, and says so. Not
 * thread-safe.
 */
public final class DetectWork implements PieceWork {
    private final TextScanner scanner;
    private final Framing framing;
    private final boolean json;

    /** @param json one object a record; else one line a finding, for a person */
    public DetectWork(TextScanner scanner, Framing framing, boolean json) {
        this.scanner = scanner;
        this.framing = framing;
        this.json = json;
    }

    @Override
    public void work(Piece piece, Page page, Balance balance) {
        Records.cutApart(piece.value(), framing, new Looking(page, balance));
    }

    private final class Looking implements RecordSink {
        private final Page page;
        private final Balance balance;

        Looking(Page page, Balance balance) {
            this.page = page;
            this.balance = balance;
        }

        @Override
        public void record(int line, int lines, Bytes record) {
            Position at = new Position(0, line, lines, 0);
            if (record.length() > ParseLimits.DEFAULT.maxBytes()) {
                tooLarge(at);
                return;
            }
            String text = record.text();
            print(at, Finding.inCodePoints(scanner.scan(text), text));
        }

        @Override
        public void noText(int line, Bytes record) {
            print(new Position(0, line, 1, 0), List.of());
        }

        @Override
        public void blank(int line) {
            balance.blank(1);
        }

        private void print(Position at, List<Finding> findings) {
            balance.released();
            balance.findings(findings.size());
            if (json) {
                printJson(at, findings);
            } else {
                printText(at, findings);
            }
        }

        private void printJson(Position at, List<Finding> findings) {
            JsonBytes out = page.json();
            begin(at);
            for (int i = 0; i < findings.size(); i++) {
                Finding finding = findings.get(i);
                out.raw(i == 0 ? FIRST_FINDING : NEXT_FINDING);
                out.string(finding.detector());
                out.raw(CATEGORY);
                out.string(finding.category().label());
                out.raw(START);
                out.number(finding.start());
                out.raw(END);
                out.number(finding.end());
                out.raw('}');
            }
            out.raw(']');
            out.raw('}');
            page.end(at);
        }

        private void printText(Position at, List<Finding> findings) {
            for (Finding finding : findings) {
                place(at);
                text(finding.category().label() + " at " + finding.start() + " to " + finding.end() + " ("
                        + finding.detector() + ")\n");
            }
        }

        private void tooLarge(Position at) {
            balance.quarantined();
            if (json) {
                begin(at);
                page.json().raw(TOO_LARGE);
                page.json().string(Reason.TOO_LARGE.code());
                page.json().raw('}');
                page.end(at);
            } else {
                place(at);
                text(Reason.TOO_LARGE.code() + ": not looked into\n");
            }
        }

        private void begin(Position at) {
            page.json().raw(LINE);
            page.json().number(page.line(at));
            page.json().raw(FINDINGS);
        }

        /** Line ends and control characters of a file's name must not move a terminal's cursor. */
        private void place(Position at) {
            page.json().inside(page.file());
            text(":" + page.line(at) + ": ");
        }

        private void text(String ascii) {
            page.json().raw(Page.ascii(ascii));
        }
    }

    private static final byte[] LINE = Page.ascii("{\"line\":");
    private static final byte[] FINDINGS = Page.ascii(",\"findings\":[");
    private static final byte[] FIRST_FINDING = Page.ascii("{\"detector\":");
    private static final byte[] NEXT_FINDING = Page.ascii(",{\"detector\":");
    private static final byte[] CATEGORY = Page.ascii(",\"category\":");
    private static final byte[] START = Page.ascii(",\"start\":");
    private static final byte[] END = Page.ascii(",\"end\":");
    private static final byte[] TOO_LARGE = Page.ascii("],\"outcome\":\"quarantined\",\"reason\":");
}
