package io.sluice.ingest.offline;

/**
 * The account of one offline run: every line and every record exactly once.
 *
 * <p>{@code in = released + suppressed + quarantined} is the number of objects printed. Mutable, not thread-safe.
 */
public final class Balance {
    private long lines;
    private long blank;
    private long header;
    private long released;
    private long suppressed;
    private long quarantined;
    private long findings = -1;

    /** An account that counts findings too. */
    public static Balance withFindings() {
        Balance balance = new Balance();
        balance.findings = 0;
        return balance;
    }

    void lines(int more) {
        lines += more;
    }

    void blank(int more) {
        blank += more;
    }

    void header(int more) {
        header += more;
    }

    void released() {
        released++;
    }

    void suppressed() {
        suppressed++;
    }

    void quarantined() {
        quarantined++;
    }

    void findings(int more) {
        findings += more;
    }

    /** Lines read. */
    public long lines() {
        return lines;
    }

    /** Events and records accounted for. */
    public long in() {
        return released + suppressed + quarantined;
    }

    /** The account as one JSON object. */
    public String json() {
        return "{\"lines\":" + lines + ",\"blank\":" + blank + ",\"header\":" + header + ",\"in\":" + in()
                + ",\"released\":" + released + ",\"suppressed\":" + suppressed + ",\"quarantined\":" + quarantined
                + (findings < 0 ? "" : ",\"findings\":" + findings) + "}";
    }

    @Override
    public String toString() {
        return json();
    }
}
