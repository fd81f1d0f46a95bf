package io.sluice.ingest.parse.declared;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One directive of a server: how it is spelled, what kind of value it logs, and what field that becomes.
 *
 * @param field where it is found again; what {@link Kind}s of several fields claim, by the first of them
 */
record Directive(String spelling, Kind kind, String field) {
    /** What a server logs. */
    enum Kind {
        ADDRESS,
        /** The peer behind the proxies before it, as a list. */
        ADDRESSES,
        FORWARDED,
        USER,
        TIME,
        REQUEST,
        URI,
        PATH,
        QUERY,
        TARGET,
        METHOD,
        PROTOCOL,
        STATUS,
        COUNT,
        /** A count that may be absent. */
        MAYBE_COUNT,
        SECONDS,
        MILLIS,
        MICROS,
        WHOLE_SECONDS,
        HOST,
        SCHEME,
        TOKEN,
        SKIPPED,
        /** Whatever a client, an upstream or a configuration says. */
        FREE,
        COOKIE,
        /** One entry for each upstream that was tried. */
        TRIES
    }

    private static final String URL = "url.original";
    private static final String HOST_FIELD = "destination.domain";

    /** Of the documented directives of the server, a random choice, none of which claims what another does. */
    static List<Directive> all(boolean nginx, Random random) {
        List<Directive> all = new ArrayList<>(nginx ? nginx() : apache());
        for (int i = 0; i < 4; i++) {
            String name = name(random);
            if (nginx) {
                all.add(free("$http_" + name, "http.request.headers." + name.replace('_', '-')));
                all.add(free("$sent_http_" + name, "http.response.headers." + name.replace('_', '-')));
                all.add(free("${upstream_http_" + name + "}", "extra.nginx.upstream_http_" + name));
                all.add(free("$" + name + "_mapped", "extra.nginx." + name + "_mapped"));
                all.add(new Directive("$cookie_" + name, Kind.COOKIE, name));
            } else {
                String header = name.replace('_', '-');
                all.add(free("%{" + capitals(header) + "}i", "http.request.headers." + header));
                all.add(free("%{" + capitals(header) + "}o", "http.response.headers." + header));
                all.add(free("%{" + name + "}n", "extra.apache." + name));
                all.add(free("%!200,304{" + name + "x}e", "extra.apache." + name + "x"));
                all.add(free("%{" + name + "t}^ti", "extra.apache." + name + "t"));
                all.add(free("%{" + name + "u}^to", "extra.apache." + name + "u"));
                all.add(new Directive("%{" + name + "}C", Kind.COOKIE, name));
            }
        }
        return all;
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder("x");
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            name.append("abcdefghijklmnopqrstuvwxyz0123456789_".charAt(random.nextInt(37)));
        }
        return name.append('z').toString();
    }

    private static String capitals(String name) {
        return name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
    }

    private static Directive free(String spelling, String field) {
        return new Directive(spelling, Kind.FREE, field);
    }

    /** The variables of nginx's modules core, log, upstream, proxy, realip, ssl, geoip, gzip and browser. */
    private static List<Directive> nginx() {
        List<Directive> all = new ArrayList<>(List.of(
                new Directive("$remote_addr", Kind.ADDRESS, "source.address"),
                new Directive("$proxy_add_x_forwarded_for", Kind.ADDRESSES, "source.address"),
                new Directive("$http_x_forwarded_for", Kind.FORWARDED, "http.request.headers.x-forwarded-for"),
                new Directive("$remote_port", Kind.MAYBE_COUNT, "source.port"),
                new Directive("$remote_user", Kind.USER, "user.name"),
                new Directive("$request", Kind.REQUEST, URL),
                new Directive("$request_uri", Kind.URI, URL),
                new Directive("$uri", Kind.PATH, URL),
                new Directive("$document_uri", Kind.PATH, URL),
                new Directive("$args", Kind.QUERY, "query"),
                new Directive("$query_string", Kind.QUERY, "query"),
                new Directive("$uri$is_args$args", Kind.TARGET, URL),
                new Directive("${document_uri}$is_args${query_string}", Kind.TARGET, URL),
                new Directive("$request_method", Kind.METHOD, "http.request.method"),
                new Directive("$server_protocol", Kind.PROTOCOL, "http.version"),
                new Directive("$scheme", Kind.SCHEME, "url.scheme"),
                new Directive("$host", Kind.HOST, HOST_FIELD),
                new Directive("$http_host", Kind.HOST, HOST_FIELD),
                new Directive("$server_name", Kind.HOST, "server.domain"),
                new Directive("$hostname", Kind.HOST, "host.hostname"),
                new Directive("$server_addr", Kind.TOKEN, "destination.ip"),
                new Directive("$server_port", Kind.COUNT, "destination.port"),
                new Directive("$status", Kind.STATUS, "http.response.status_code"),
                new Directive("$body_bytes_sent", Kind.COUNT, "http.response.body.bytes"),
                new Directive("$bytes_sent", Kind.COUNT, "http.response.bytes"),
                new Directive("$request_length", Kind.COUNT, "http.request.bytes"),
                new Directive("$content_length", Kind.MAYBE_COUNT, "http.request.body.bytes"),
                free("$content_type", "http.request.mime_type"),
                new Directive("$request_time", Kind.SECONDS, "event.duration"),
                new Directive("$request_id", Kind.TOKEN, "http.request.id"),
                free("$http_referer", "http.request.referrer"),
                free("$http_user_agent", "user_agent.original"),
                free("$http_accept_language", "user_agent.language"),
                free("$sent_http_content_type", "http.response.mime_type"),
                free("$http_sec_gpc", "http.request.headers.sec-gpc"),
                free("$http_dnt", "http.request.headers.dnt"),
                new Directive("$connection", Kind.COUNT, "extra.nginx.connection"),
                new Directive("$connection_requests", Kind.COUNT, "extra.nginx.connection_requests"),
                new Directive("$pid", Kind.COUNT, "process.pid"),
                new Directive("$pipe", Kind.SKIPPED, "pipe"),
                new Directive("$ssl_protocol", Kind.TOKEN, "tls.version"),
                new Directive("$ssl_cipher", Kind.TOKEN, "tls.cipher")));
        for (String name : ("addr status response_time connect_time header_time response_length bytes_sent "
                        + "bytes_received first_byte_time session_time queue_time")
                .split(" ")) {
            all.add(new Directive("$upstream_" + name, Kind.TRIES, "extra.nginx.upstream_" + name));
        }
        for (String name : ("connection_time gzip_ratio request_completion upstream_cache_status "
                        + "limit_rate nginx_version msie http2 http3 https proxy_host proxy_port realip_remote_addr "
                        + "realip_remote_port proxy_protocol_addr server_hash ssl_session_id ssl_session_reused "
                        + "ssl_client_verify ssl_client_serial ssl_curve ssl_alpn_protocol tcpinfo_rtt "
                        + "geoip_country_code limit_req_status limit_conn_status slice_range secure_link")
                .split(" ")) {
            all.add(new Directive("$" + name, Kind.TOKEN, "extra.nginx." + name));
        }
        for (String name : ("request_body request_filename document_root realpath_root ssl_client_s_dn ssl_client_i_dn "
                        + "ssl_server_name ssl_ciphers geoip_city geoip_org ancient_browser invalid_referer arg_q "
                        + "uid_got uid_set memcached_key date_gmt")
                .split(" ")) {
            all.add(free("$" + name, "extra.nginx." + name));
        }
        return all;
    }

    /** The directives of mod_log_config, mod_logio, mod_ssl and mod_unique_id. */
    private static List<Directive> apache() {
        return List.of(
                new Directive("%a", Kind.ADDRESS, "source.address"),
                new Directive("%h", Kind.ADDRESS, "source.address"),
                new Directive("%{c}h", Kind.ADDRESS, "source.address"),
                new Directive("%{c}a", Kind.TOKEN, "extra.apache.peer"),
                new Directive("%A", Kind.TOKEN, "destination.ip"),
                new Directive("%{X-Forwarded-For}i", Kind.FORWARDED, "http.request.headers.x-forwarded-for"),
                new Directive("%B", Kind.COUNT, "http.response.body.bytes"),
                new Directive("%b", Kind.MAYBE_COUNT, "http.response.body.bytes"),
                new Directive("%400b", Kind.MAYBE_COUNT, "http.response.body.bytes"),
                new Directive("%D", Kind.MICROS, "event.duration"),
                new Directive("%T", Kind.WHOLE_SECONDS, "event.duration"),
                new Directive("%{s}T", Kind.WHOLE_SECONDS, "event.duration"),
                new Directive("%{ms}T", Kind.MILLIS, "event.duration"),
                new Directive("%{us}T", Kind.MICROS, "event.duration"),
                free("%f", "extra.apache.file"),
                new Directive("%H", Kind.PROTOCOL, "http.version"),
                new Directive("%k", Kind.COUNT, "extra.apache.keep_alive_requests"),
                new Directive("%l", Kind.TOKEN, "extra.apache.ident"),
                new Directive("%L", Kind.TOKEN, "extra.apache.log_id"),
                new Directive("%{c}L", Kind.TOKEN, "extra.apache.log_id"),
                new Directive("%m", Kind.METHOD, "http.request.method"),
                new Directive("%p", Kind.COUNT, "destination.port"),
                new Directive("%{canonical}p", Kind.COUNT, "destination.port"),
                new Directive("%{local}p", Kind.COUNT, "destination.port"),
                new Directive("%{remote}p", Kind.COUNT, "source.port"),
                new Directive("%P", Kind.COUNT, "process.pid"),
                new Directive("%{pid}P", Kind.COUNT, "process.pid"),
                new Directive("%{tid}P", Kind.TOKEN, "extra.apache.tid"),
                new Directive("%{hextid}P", Kind.TOKEN, "extra.apache.hextid"),
                new Directive("%q", Kind.QUERY, "query"),
                new Directive("%r", Kind.REQUEST, URL),
                new Directive("%U", Kind.PATH, URL),
                new Directive("%U%q", Kind.TARGET, URL),
                free("%R", "extra.apache.handler"),
                new Directive("%s", Kind.STATUS, "http.response.status_code"),
                new Directive("%>s", Kind.STATUS, "http.response.status_code"),
                new Directive("%<s", Kind.STATUS, "http.response.status_code"),
                new Directive("%u", Kind.USER, "user.name"),
                new Directive("%>u", Kind.USER, "user.name"),
                new Directive("%v", Kind.HOST, HOST_FIELD),
                new Directive("%V", Kind.HOST, HOST_FIELD),
                new Directive("%{Host}i", Kind.HOST, HOST_FIELD),
                new Directive("%X", Kind.SKIPPED, "pipe"),
                new Directive("%I", Kind.COUNT, "http.request.bytes"),
                new Directive("%O", Kind.COUNT, "http.response.bytes"),
                new Directive("%S", Kind.COUNT, "extra.apache.bytes"),
                new Directive("%^FU", Kind.MAYBE_COUNT, "extra.apache.upload_bytes"),
                new Directive("%^FB", Kind.MAYBE_COUNT, "extra.apache.first_byte"),
                free("%{Referer}i", "http.request.referrer"),
                free("%!200,304,302{Referer}i", "http.request.referrer"),
                free("%{User-agent}i", "user_agent.original"),
                free("%400,501{User-Agent}i", "user_agent.original"),
                free("%{Accept-Language}i", "user_agent.language"),
                free("%{Sec-GPC}i", "http.request.headers.sec-gpc"),
                free("%{DNT}i", "http.request.headers.dnt"),
                free("%{Content-Type}o", "http.response.mime_type"),
                free("%{SSL_PROTOCOL}x", "extra.apache.ssl_protocol"),
                free("%{cipher}c", "extra.apache.cipher"),
                free("%{UNIQUE_ID}e", "extra.apache.unique_id"));
    }

    /** What it and another directive may not both set. */
    List<String> claims() {
        return switch (kind) {
            case REQUEST -> List.of(URL, "query", "http.request.method", "http.version");
            case URI, TARGET -> List.of(URL, "query");
            case ADDRESSES -> List.of(field, "http.request.headers.x-forwarded-for");
            case COOKIE -> List.of("cookie");
            case TIME -> List.of("@timestamp");
            default -> List.of(field);
        };
    }
}
