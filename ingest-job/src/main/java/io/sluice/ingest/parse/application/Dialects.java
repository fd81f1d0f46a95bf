package io.sluice.ingest.parse.application;

import io.sluice.ingest.parse.LogFormat;
import io.sluice.ingest.parse.Recognizer;
import io.sluice.ingest.parse.pattern.PatternFormat;
import io.sluice.ingest.parse.pattern.PatternParser;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/**
 * The lines that frameworks and servers write by default, as patterns of log4j; within a dialect the first that fits
 * counts, so the narrower stands first.
 */
public final class Dialects {
    /** Elasticsearch from 5 on, Logstash, OpenSearch. */
    private static final List<PatternFormat.Compiled> ELASTICSEARCH = patterns(
            "[%d][%-5p][%c] [%X{node}] [%X{index}] %m",
            "[%d][%-5p][%c] [%X{node}] %m", "[%d][%-5p][%c][%X{pipeline}] %m", "[%d][%-5p][%c] %m");

    /** Apache Kafka, and ZooKeeper beside it. */
    private static final List<PatternFormat.Compiled> KAFKA = patterns(
            "[%d] %p [%X{component}]: %m (%c)",
            "[%d] %p [%X{component}] %m (%c)",
            "[%d] %p %m (%c)",
            "[%d] [%p] [%t] [%c] - [%X{component}] %m",
            "[%d] [%p] [%t] [%c] - %m",
            "%d [myid:%X{id}] - %p [%t] - %m");

    /** Spring Boot 1 to 3, logback and log4j by their defaults, JBoss, Quarkus, Tomcat. */
    private static final List<PatternFormat.Compiled> JAVA = patterns(
            "%d %p %pid --- [%X{app}] [%t] %c : %m",
            "%d %p %pid --- [%t] %c : %m",
            "%d [%t] %p %c - %m",
            "%d [%t] %p %c -- %m",
            "%d %p [%t] %c - %m",
            "%d %p [%t] %c : %m",
            "%d %p [%t] %c: %m",
            "%d %p [%c] (%t) %m",
            "%d %p [%c] [%t] %m",
            "%d [%t] %p %c : %m",
            "%d [%t] %p %c: %m",
            "%d %p [%t] [%c] %m",
            "%d [%p] [%t] %c - %m",
            "%d [%p] [%t] %c: %m",
            "%d %p [%t] %m",
            "%d{HH:mm:ss.SSS} [%t] %p %c - %m",
            "%d{HH:mm:ss.SSS} [%t] %p %c -- %m");

    /** Python's logging, gunicorn, Flask, Django, Celery; vdsm. */
    private static final List<PatternFormat.Compiled> PYTHON = patterns(
            "%d - %c - %p - %m",
            "[%d: %p/%X{process}] %m",
            "[%d] [%pid] [%p] %m",
            "[%d] %p in %c: %m",
            "[%d] %p [%c] %m",
            "[%d] %p - %m",
            "%d - %p - %m",
            "%t::%p::%d::%c::%m");

    /** MySQL and MariaDB. */
    private static final List<PatternFormat.Compiled> MYSQL =
            patterns("%d %pid [%p] %m", "%d [%p] %m", "%d\t%pid %m", "%d\t   %pid %m", "%d\t    %pid %m");

    /** Anything with a time and a level in front. */
    private static final List<PatternFormat.Compiled> LEVELLED = patterns(
            "%d [%p] %c: %m",
            "%d [%p] %m",
            "[%d] [%p] %m",
            "[%d] %X{channel}.%p: %m",
            "[%d] %p: %m",
            "[%d] %p %m",
            "%d %p %c - %m",
            "%d %p: %m",
            "%d %p %m",
            "%d:%p:%m",
            "%d | %p | %m",
            "%d|%p|%m");

    /** Anything with a time in front, such as what Go's {@code log} writes. */
    private static final List<PatternFormat.Compiled> DATED = patterns("%d  %m", "%d %m", "[%d] %m", "%d: %m");

    private Dialects() {}

    /** Elasticsearch and Logstash; slow logs are not taken apart. */
    public static Recognizer elasticsearch(ZoneId zone) {
        return new PatternParser(
                LogFormat.ELASTICSEARCH, "a time, a level and a logger in brackets that touch", ELASTICSEARCH, zone);
    }

    public static Recognizer kafka(ZoneId zone) {
        return new PatternParser(
                LogFormat.KAFKA, "a time in brackets, a level, and the logger in parentheses at the end", KAFKA, zone);
    }

    public static Recognizer java(ZoneId zone) {
        return new PatternParser(LogFormat.JAVA, "a time, a level, a thread in brackets and a logger", JAVA, zone);
    }

    public static Recognizer python(ZoneId zone) {
        return new PatternParser(LogFormat.PYTHON, "a time, a logger and a level set off as Python does", PYTHON, zone);
    }

    public static Recognizer mysql(ZoneId zone) {
        return new PatternParser(LogFormat.MYSQL, "a time, a thread's number and a level in brackets", MYSQL, zone);
    }

    /** The dialect-less rest: a time and a level. */
    public static Recognizer levelled(ZoneId zone) {
        return new PatternParser(LogFormat.PATTERN, "a time and a level", LEVELLED, zone);
    }

    /** The last of all: a time. */
    public static Recognizer dated(ZoneId zone) {
        return new PatternParser(LogFormat.DATED, "a time", DATED, zone);
    }

    private static List<PatternFormat.Compiled> patterns(String... patterns) {
        return Arrays.stream(patterns).map(PatternFormat::guess).toList();
    }
}
