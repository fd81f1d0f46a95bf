package io.sluice.tests.parsing;

import nl.basjes.parse.core.Field;
import nl.basjes.parse.core.exceptions.DissectionFailure;
import nl.basjes.parse.core.exceptions.InvalidDissectorException;
import nl.basjes.parse.core.exceptions.MissingDissectorsException;
import nl.basjes.parse.httpdlog.HttpdLoglineParser;
import org.jspecify.annotations.Nullable;

/** Niels Basjes' httpdlog-parser, told to give the fields that our parser gives, and no more. */
final class HttpdlogParse {
    private final HttpdLoglineParser<Line> parser = new HttpdLoglineParser<>(Line.class, "combined");

    Line parse(String line) {
        try {
            return parser.parse(new Line(), line);
        } catch (DissectionFailure | InvalidDissectorException | MissingDissectorsException e) {
            throw new IllegalStateException("httpdlog-parser took no generated line", e);
        }
    }

    static LineValues values(Line line) {
        return new LineValues(
                LineValues.orNone(line.host),
                LineValues.orNone(line.user),
                LineValues.orNone(line.moment),
                LineValues.orNone(line.method),
                LineValues.orNone(line.target),
                LineValues.orNone(line.version),
                LineValues.orNone(line.status),
                LineValues.orNone(line.bytes),
                LineValues.orNone(line.referrer),
                LineValues.orNone(line.userAgent));
    }

    /** What it sets, one field at a time; public, because it does so by generated code. */
    public static final class Line {
        private @Nullable String host;
        private @Nullable String user;
        private @Nullable Long moment;
        private @Nullable String method;
        private @Nullable String target;
        private @Nullable String version;
        private @Nullable String status;
        private @Nullable Long bytes;
        private @Nullable String referrer;
        private @Nullable String userAgent;

        @Field("IP:connection.client.host")
        public void setHost(@Nullable String value) {
            host = value;
        }

        @Field("STRING:connection.client.user")
        public void setUser(@Nullable String value) {
            user = value;
        }

        @Field("TIME.EPOCH:request.receive.time.epoch")
        public void setMoment(@Nullable Long value) {
            moment = value;
        }

        @Field("HTTP.METHOD:request.firstline.method")
        public void setMethod(@Nullable String value) {
            method = value;
        }

        @Field("HTTP.URI:request.firstline.uri")
        public void setTarget(@Nullable String value) {
            target = value;
        }

        @Field("HTTP.PROTOCOL.VERSION:request.firstline.protocol.version")
        public void setVersion(@Nullable String value) {
            version = value;
        }

        @Field("STRING:request.status.last")
        public void setStatus(@Nullable String value) {
            status = value;
        }

        @Field("BYTESCLF:response.body.bytes")
        public void setBytes(@Nullable Long value) {
            bytes = value;
        }

        @Field("HTTP.URI:request.referer")
        public void setReferrer(@Nullable String value) {
            referrer = value;
        }

        @Field("HTTP.USERAGENT:request.user-agent")
        public void setUserAgent(@Nullable String value) {
            userAgent = value;
        }
    }
}
