package io.sluice.ingest.parse.apm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.sluice.ingest.parse.Bytes;
import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.LogParsers;
import io.sluice.ingest.parse.Parsed;
import io.sluice.ingest.parse.SourceOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden pairs of each kind of line, as its format says and in auto alike, and what the intake refuses. */
class ApmParserTest {
    private static final String TRANSACTION =
            "{\"transaction\":{\"id\":\"t1\",\"trace_id\":\"r1\",\"type\":\"request\","
                    + "\"duration\":1.5,\"span_count\":{\"started\":1}}}";
    private static final String SPAN =
            "{\"span\":{\"id\":\"s1\",\"trace_id\":\"r1\",\"parent_id\":\"t1\",\"name\":\"GET x\","
                    + "\"type\":\"external\",\"start\":0,\"duration\":2}}";
    private static final String ERROR = "{\"error\":{\"id\":\"e1\",\"exception\":{\"message\":\"m\",\"type\":\"T\"}}}";
    private static final String METADATA =
            "{\"metadata\":{\"service\":{\"name\":\"shop\",\"agent\":{\"name\":\"java\"," + "\"version\":\"1\"}}}}";

    private static String parse(LogFormat format, String record) {
        return Parsed.of(Parsed.as(format), record).text();
    }

    private static void golden(String record, String expected) {
        assertEquals(expected.strip(), parse(LogFormat.APM, record));
        assertEquals(expected.strip(), parse(LogFormat.AUTO, record), "auto");
        assertEquals(
                "apm",
                LogParsers.forOptions(SourceOptions.DEFAULT)
                        .explain(Bytes.of(record), new Parsed())
                        .format());
    }

    @Test
    void transaction() {
        golden(
                """
                {"transaction":{"id":"t1","trace_id":"r1","parent_id":"p1","name":"GET /users/jane","type":"request",
                "duration":32.5,"outcome":"success","timestamp":1704888000250999,"span_count":{"started":3},
                "session":{"id":"ss","sequence":2},"context":{
                "page":{"url":"https://example.com/page","referer":"https://example.org/"},
                "request":{"socket":{"remote_address":"192.0.2.7:8080"},"http_version":"1.1","method":"POST",
                "url":{"raw":"/a?b=c","full":"https://example.com/a?b=c"},
                "headers":{"User-Agent":["Mozilla/5.0","second"],"Sec-GPC":"1","Cookie":"c0=v0"},
                "cookies":{"analytics_opt_out":"1"},"body":"Jane"},
                "response":{"status_code":200,"encoded_body_size":356},
                "user":{"id":99,"email":"jane@example.com","username":"jane","domain":"d"},
                "service":{"name":"shop"},"tags":{"a":1}}}}
                """,
                """
                @timestamp=2024-01-10T12:00:00.250Z
                event.action=request
                event.outcome=success
                event.provider=application-log
                extra.transaction.context.page.url=https://example.com/page
                extra.transaction.context.request.body=Jane
                extra.transaction.context.request.url.raw=/a?b=c
                extra.transaction.context.tags.a=1
                extra.transaction.context.user.domain=d
                extra.transaction.duration=32.5
                extra.transaction.name=GET /users/jane
                extra.transaction.parent_id=p1
                extra.transaction.session.sequence=2
                extra.transaction.span_count.started=3
                http.request.headers.cookie=[c0=v0,{analytics_opt_out:1}]
                http.request.headers.sec-gpc=1
                http.request.headers.user-agent=[Mozilla/5.0,second]
                http.request.method=POST
                http.request.referrer=https://example.org/
                http.response.body.bytes=356
                http.response.status_code=200
                http.version=1.1
                service.name=shop
                session.id=ss
                source.address=192.0.2.7
                source.ip=192.0.2.7
                trace.id=r1
                transaction.id=t1
                url.original=https://example.com/a?b=c
                user.email=jane@example.com
                user.id=99
                user.name=jane
                user_agent.original=Mozilla/5.0
                """
                        .replace("extra.transaction.context.page.url", "extra.url.original")
                        .lines()
                        .sorted()
                        .reduce("", (all, line) -> all + line + "\n"));
    }

    @Test
    void errorWithItsStack() {
        golden(
                """
                {"error":{"id":"e1","trace_id":"r1","parent_id":"p1","transaction_id":"t1","culprit":"a.b",
                "log":{"message":" disk\\u0007 full ","level":"error","logger_name":"db"},
                "exception":{"message":"The user jane is unknown","type":"DbError","stacktrace":[
                {"classname":"A","function":"run","filename":"A.java","lineno":7,"vars":{"k":"v"}},{"classname":"B"}]}}}
                """,
                """
                error.message=The user jane is unknown
                error.stack_trace=at A.run(A.java:7)
                at B.
                error.type=DbError
                event.action=error
                event.provider=application-log
                extra.error.culprit=a.b
                extra.error.exception.stacktrace=[{classname:A,function:run,filename:A.java,lineno:7,vars:{k:v}},{classname:B}]
                extra.error.id=e1
                extra.error.parent_id=p1
                log.level=error
                log.logger=db
                message=disk full
                trace.id=r1
                transaction.id=t1
                """);
    }

    @Test
    void span() {
        golden(
                SPAN,
                """
                event.action=external
                event.provider=application-log
                extra.span.duration=2
                extra.span.name=GET x
                extra.span.parent_id=t1
                extra.span.start=0
                span.id=s1
                trace.id=r1
                """);
    }

    /** It names a person, so it is an event as others are. */
    @Test
    void metadata() {
        golden(
                """
                {"metadata":{"service":{"name":"shop","agent":{"name":"java","version":"1"}},"process":{"pid":7,"argv":["-v"]},
                "user":{"id":"u1","email":"jane@example.com","username":"jane"},"system":{"hostname":"h1","ip":"192.0.2.7"}}}
                """,
                """
                event.action=metadata
                event.provider=application-log
                extra.metadata.process.argv=[-v]
                extra.metadata.service.agent.name=java
                extra.metadata.service.agent.version=1
                extra.metadata.system.ip=192.0.2.7
                host.hostname=h1
                process.pid=7
                service.name=shop
                user.email=jane@example.com
                user.id=u1
                user.name=jane
                """);
    }

    @Test
    void metricset() {
        golden(
                "{\"metricset\":{\"samples\":{\"a\":{\"value\":3.5}},\"timestamp\":1704888000250000}}",
                """
                @timestamp=2024-01-10T12:00:00.250Z
                event.action=metricset
                event.provider=application-log
                extra.metricset.samples.a.value=3.5
                """);
    }

    @Test
    void aLogEventTakesTheNestedNameBeforeTheDotted() {
        golden(
                "{\"log\":{\"log.logger\":\"dotted\",\"log\":{\"logger\":\"nested\"},\"log.level\":\"warn\",\"trace.id\":\"r1\","
                        + "\"message\":\"m\",\"@timestamp\":1704888000250000,\"labels\":{\"a\":true}}}",
                """
                @timestamp=2024-01-10T12:00:00.250Z
                event.provider=application-log
                extra.labels.a=true
                log.level=warn
                log.logger=nested
                message=m
                trace.id=r1
                """);
    }

    @Test
    void theShortNamesOfBrowsers() {
        golden(
                """
                {"x":{"id":"t1","tid":"r1","n":"load","t":"page-load","d":295,"yc":{"sd":8},"y":[{"n":"a"}],
                "c":{"p":{"rf":"https://example.org/","url":"https://example.com/"},"r":{"sc":200},
                "q":{"he":{"Accept":"text/html"},"hve":"1.1","mt":"GET"},"u":{"id":"u1","un":"jane","em":"jane@example.com"}}}}
                """,
                """
                event.action=page-load
                event.provider=application-log
                extra.transaction.duration=295
                extra.transaction.name=load
                extra.transaction.span_count.started=8
                extra.transaction.y=[{n:a}]
                http.request.headers.accept=text/html
                http.request.method=GET
                http.request.referrer=https://example.org/
                http.response.status_code=200
                http.version=1.1
                trace.id=r1
                transaction.id=t1
                url.original=https://example.com/
                user.email=jane@example.com
                user.id=u1
                user.name=jane
                """);
        golden(
                "{\"e\":{\"id\":\"e1\",\"ex\":{\"mg\":\"m\",\"t\":\"T\",\"st\":[{\"f\":\"a.js\",\"fn\":\"run\",\"li\":7}]}}}",
                """
                error.message=m
                error.stack_trace=at run(a.js:7)
                error.type=T
                event.action=error
                event.provider=application-log
                extra.error.exception.stacktrace=[{filename:a.js,function:run,lineno:7}]
                extra.error.id=e1
                """);
        golden(
                "{\"m\":{\"se\":{\"n\":\"shop\",\"a\":{\"n\":\"js\",\"ve\":\"1\"}},\"u\":{\"id\":7,\"em\":\"jane@example.com\"}}}",
                """
                event.action=metadata
                event.provider=application-log
                extra.metadata.service.agent.name=js
                extra.metadata.service.agent.version=1
                service.name=shop
                user.email=jane@example.com
                user.id=7
                """);
    }

    /** Each breaks one thing that the intake asks of a line that is otherwise taken. */
    @Test
    void whatTheIntakeRefusesIsQuarantined() {
        for (String valid : List.of(TRANSACTION, SPAN, ERROR, METADATA)) {
            assertEquals(List.of("event"), Parsed.of(Parsed.as(LogFormat.APM), valid).calls, valid);
        }
        for (String[] broken : new String[][] {
            {TRANSACTION, "\"id\":\"t1\"", "\"id\":12345"},
            {TRANSACTION, "\"id\":\"t1\",", ""},
            {TRANSACTION, "\"t1\"", "\"" + "a".repeat(1025) + "\""},
            {TRANSACTION, "\"trace_id\":\"r1\",", ""},
            {TRANSACTION, "\"r1\"", "null"},
            {TRANSACTION, "\"request\"", "7"},
            {TRANSACTION, "1.5", "\"1.5\""},
            {TRANSACTION, "1.5", "-1"},
            {TRANSACTION, "{\"started\":1}", "{}"},
            {TRANSACTION, "{\"started\":1}", "1"},
            {TRANSACTION, "{\"started\":1}", "{\"started\":1.5}"},
            {TRANSACTION, "\"id\"", "\"timestamp\":\"now\",\"id\""},
            {TRANSACTION, "\"id\"", "\"timestamp\":-5,\"id\""},
            {TRANSACTION, "\"id\"", "\"context\":{\"user\":\"jane\"},\"id\""},
            {TRANSACTION, "\"id\"", "\"context\":{\"user\":{\"id\":[1]}},\"id\""},
            {TRANSACTION, "\"id\"", "\"context\":{\"response\":{\"status_code\":\"200\"}},\"id\""},
            {SPAN, "\"parent_id\":\"t1\",", ""},
            {SPAN, "\"name\":\"GET x\",", ""},
            {SPAN, "\"start\":0,", ""},
            {SPAN, "\"start\":0,", "\"start\":\"0\","},
            {ERROR, "\"e1\"", "1"},
            {ERROR, "\"exception\":{", "\"exception_\":{"},
            {ERROR, "\"message\":\"m\",\"type\":\"T\"", ""},
            {ERROR, "\"message\":\"m\",\"type\":\"T\"", "\"code\":7"},
            {ERROR, "\"id\"", "\"log\":{\"level\":\"warn\"},\"id\""},
            {ERROR, "\"id\"", "\"trace_id\":\"r1\",\"id\""},
            {ERROR, "\"id\"", "\"parent_id\":\"p1\",\"id\""},
            {ERROR, "\"id\"", "\"transaction_id\":\"t1\",\"id\""},
            {METADATA, "\"shop\"", "7"},
            {METADATA, ",\"version\":\"1\"", ""},
        }) {
            String line = broken[0].replace(broken[1], broken[2]);
            assertNotEquals(broken[0], line);
            assertEquals("[unparseable]", parse(LogFormat.APM, line), line);
        }
        String numbered = TRANSACTION.replace("\"id\":\"t1\"", "\"id\":12345");
        assertEquals("[unparseable]", parse(LogFormat.AUTO, numbered));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "7",
                "[]",
                "[{\"metricset\":{\"samples\":{\"a\":1}}}]",
                "{\"nothing\":{\"id\":\"a\"}}",
                "{\"transaction\":7}",
                "{\"transaction\":null}",
                "{\"span\":{\"id\":\"a\"},\"error\":{\"id\":\"a\"}}",
                "{\"x\":{\"id\":\"a\"},\"transaction\":{\"id\":\"a\"}}"
            })
    void aLineWithoutOneKindHasNoType(String line) {
        assertEquals("[missing-type]", parse(LogFormat.APM, line));
    }

    @Test
    void aStreamIsReadLineByLine() {
        String stream =
                METADATA + "\n" + TRANSACTION.replace("\"t1\"", "1") + "\n" + SPAN + "\n{\"a\":1}\n" + ERROR + "\n";
        List<String> calls = List.of("event", "unparseable", "event", "missing-type", "event");
        assertEquals(calls, Parsed.of(Parsed.as(LogFormat.APM), stream).calls);
        assertEquals(calls, Parsed.of(SourceOptions.DEFAULT, stream).calls);
    }

    /** A word that many use is no sign alone: what is no agent's line is taken as any JSON. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"code\":500,\"message\":\"m\"}}",
                "{\"log\":{\"level\":\"info\"}}",
                "{\"metadata\":{\"page\":1}}",
                "{\"x\":{\"y\":1}}",
                "{\"e\":\"click\"}",
                "{\"span\":\"1d\"}",
                "{\"error\":{\"id\":\"e\",\"trace_id\":\"r\"},\"service\":\"shop\"}"
            })
    void autoLeavesOtherJsonAlone(String line) {
        Parsed parsed = new Parsed();
        String format = LogParsers.forOptions(SourceOptions.DEFAULT)
                .explain(Bytes.of(line), parsed)
                .format();
        assertNotEquals("apm", format);
        assertEquals(List.of("event"), parsed.calls);
        assertFalse(parsed.text().contains("event.action"));
    }
}
