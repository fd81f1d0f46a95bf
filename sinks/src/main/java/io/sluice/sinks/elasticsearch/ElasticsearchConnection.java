package io.sluice.sinks.elasticsearch;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.http.Header;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * Where an Elasticsearch is, how it is trusted, and as whom it is asked.
 *
 * @param urls its addresses, such as {@code https://localhost:9200}; asked in turn
 * @param caCertificate file of the certificates (PEM) that sign its own; null for those that Java trusts
 * @param credentials the account
 * @param prefix stands before the name of every index and template, such as {@code eu-}; empty by default
 */
public record ElasticsearchConnection(
        List<URI> urls, @Nullable String caCertificate, Credentials credentials, String prefix)
        implements Serializable {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    public ElasticsearchConnection {
        // Sent to task managers by Java's own serialization, which List.of survives and a view of a list may not.
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("No address of Elasticsearch is given; give at least one URL.");
        }
        for (URI url : urls) {
            check(url);
        }
        if (!prefix.equals(prefix.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("The index prefix \"" + prefix
                    + "\" has capital letters, which Elasticsearch does not allow; write it in small ones.");
        }
    }

    private static void check(URI url) {
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "An address of Elasticsearch holds a user or password; give them by their own settings.");
        }
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException(
                    "\"" + url + "\" is no address of Elasticsearch; write it like https://localhost:9200.");
        }
    }

    /** The names of the indices. */
    public Indices indices() {
        return new Indices(prefix);
    }

    /**
     * A client; close it after use. Safe for use by several threads.
     *
     * @param answerTimeout how long it waits for the next bytes of an answer
     * @throws IOException if the certificate or the secret cannot be read
     */
    public RestClient open(Duration answerTimeout) throws IOException {
        HttpHost[] hosts = urls.stream()
                .map(url -> new HttpHost(url.getHost(), port(url), url.getScheme()))
                .toArray(HttpHost[]::new);
        SSLContext tls = caCertificate == null ? null : trusting(Path.of(caCertificate));
        String authorization = credentials.authorization();
        return RestClient.builder(hosts)
                .setDefaultHeaders(
                        authorization == null
                                ? new Header[0]
                                : new Header[] {new BasicHeader(HttpHeaders.AUTHORIZATION, authorization)})
                .setRequestConfigCallback(config -> config.setConnectTimeout((int) CONNECT.toMillis())
                        .setConnectionRequestTimeout((int) answerTimeout.toMillis())
                        .setSocketTimeout((int) answerTimeout.toMillis()))
                .setHttpClientConfigCallback(http -> tls == null ? http : http.setSSLContext(tls))
                .build();
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : 9200;
    }

    private static SSLContext trusting(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("ca" + number++, certificate);
            }
            if (number == 0) {
                throw new IOException(file + " holds no certificate; give the PEM file of the authority that signed"
                        + " Elasticsearch's certificate.");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    file + " is no certificate; give the PEM file of the authority that signed Elasticsearch's"
                            + " certificate.",
                    e);
        }
    }
}
