package io.sluice.ingest.parse.auto;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParser;
import io.sluice.ingest.parse.ParseLimits;
import io.sluice.ingest.parse.ParseSink;
import io.sluice.ingest.parse.Reason;
import io.sluice.ingest.parse.SourceOptions;
import io.sluice.ingest.parse.json.JsonElement;
import io.sluice.ingest.parse.json.JsonReader;
import io.sluice.ingest.parse.json.JsonRecord;
import io.sluice.ingest.parse.ncsa.NcsaParser;
import io.sluice.ingest.parse.text.TextParser;
import io.sluice.ingest.parse.usage.UsageParser;

/**
 * Decides the format record by record, from the bytes alone, in this order:
 *
 * <ol>
 *   <li>A W3C header line ({@code #Fields:} and its like) is a header.
 *   <li>What begins as JSON (a brace, a bracket, a quote) or is a lone JSON scalar is JSON. An object with a
 *       text as {@code type} is a usage event, and so are its neighbours in an array or in lines; any other JSON is an
 *       event whose values stand below {@code extra}, where no rule keeps them. What begins as JSON and is none is
 *       rejected, unless it is a log line that begins with a word in brackets.
 *   <li>What begins as an access log ({@link NcsaParser}) is one, or is rejected.
 *   <li>What has a piece of an access log in it (its time in brackets, a request's end) is rejected: it holds a path and
 *       a person's traces that the text's rules would not look for.
 *   <li>Anything else with a letter in it is text, and the rest is rejected.
 * </ol>
 */
public final class AutoParser implements LogParser {
    private final JsonReader reader;
    private final UsageParser usage;
    private final NcsaParser ncsa;
    private final TextParser text = new TextParser();

    public AutoParser(SourceOptions options, ParseLimits limits) {
        this.reader = new JsonReader(limits);
        this.usage = new UsageParser(options, limits);
        this.ncsa = NcsaParser.common(options);
    }

    @Override
    public LogFormat format() {
        return LogFormat.AUTO;
    }

    @Override
    public void parse(Bytes record, ParseSink into) {
        if (Shape.isHeader(record)) {
            into.header();
        } else if (Shape.beginsLikeJson(record)) {
            json(record, into);
        } else {
            lines(record, into);
        }
    }

    private void json(Bytes record, ParseSink into) {
        JsonRecord json = reader.read(record);
        if (json.failure() == Reason.INVALID_JSON && Shape.beginsWithWordInBrackets(record)) {
            lines(record, into);
        } else if (json.failure() != null) {
            into.reject(json.failure());
        } else if (json.elements().stream().anyMatch(UsageParser::isUsage)) {
            usage.parse(json, into);
        } else {
            other(json, into);
        }
    }

    private static void other(JsonRecord json, ParseSink into) {
        for (JsonElement element : json.elements()) {
            if (element.failure() != null) {
                into.reject(element.failure());
                return;
            }
        }
        into.event(OtherJson.event(json));
    }

    private void lines(Bytes record, ParseSink into) {
        if (ncsa.parseIfAccessLog(record, into)) {
            return;
        }
        if (Shape.hasPieceOfAccessLog(record) || !Shape.hasLetter(record)) {
            into.reject(Reason.UNPARSEABLE);
        } else {
            text.parse(record, into);
        }
    }
}
