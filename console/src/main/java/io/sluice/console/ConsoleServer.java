package io.sluice.console;

import io.sluice.console.accounts.Accounts;
import io.sluice.console.accounts.FailedLogins;
import io.sluice.console.accounts.Login;
import io.sluice.console.accounts.Sessions;
import io.sluice.console.overview.ElasticsearchEvents;
import io.sluice.console.overview.UsageOverview;
import io.sluice.console.requests.ConsentTopic;
import io.sluice.console.requests.OptOuts;
import io.sluice.console.web.WebServer;
import io.sluice.keys.KeyStoreFailure;
import io.sluice.keys.ServerKeyStore;
import io.sluice.sinks.topics.Topics;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import org.apache.kafka.common.KafkaException;

/**
 * The server, running: the one process that holds the keys which open vault, subject index and export.
 *
 * <p>Guarantees: it listens where its configuration says and nowhere else; after {@link #close()} it listens no more
 * and its threads have ended. It starts without Kafka and Elasticsearch, too, and says so to whoever asks for what they
 * hold.
 */
public final class ConsoleServer implements AutoCloseable {
    private final ConsoleConfig config;
    private final WebServer web;
    private final ConsentTopic topic;
    private final KeyCare keys;

    private ConsoleServer(ConsoleConfig config, WebServer web, ConsentTopic topic, KeyCare keys) {
        this.config = config;
        this.web = web;
        this.topic = topic;
        this.keys = keys;
    }

    /**
     * Starts the server.
     *
     * @throws IOException if it cannot listen, or something it needs cannot be opened; the message says what to do
     */
    public static ConsoleServer start(ConsoleConfig config) throws IOException {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        ServerKeyStore store;
        KeyCare keys;
        try {
            store = ServerKeyStore.open(config.keys(), clock, random);
            keys = KeyCare.begin(store);
        } catch (KeyStoreFailure e) {
            throw new IOException(e.getMessage(), e);
        }
        try {
            ConsentTopic topic = topic(config, clock);
            try {
                WebServer.Logic logic = logic(config, clock, random, topic, store);
                WebServer web = WebServer.start(config.host(), config.port(), config.behindTlsProxy(), logic);
                topic.start();
                return new ConsoleServer(config, web, topic, keys);
            } catch (IOException | RuntimeException e) {
                topic.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            keys.close();
            throw e;
        }
    }

    private static ConsentTopic topic(ConsoleConfig config, Clock clock) throws IOException {
        try {
            return new ConsentTopic(new Topics(config.topicsPrefix()), config.kafka(), clock);
        } catch (KafkaException e) {
            throw new IOException(
                    "The kafka properties of the server's configuration are refused by the Kafka client; look at them: "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }

    private static WebServer.Logic logic(
            ConsoleConfig config, Clock clock, SecureRandom random, ConsentTopic topic, ServerKeyStore keys)
            throws IOException {
        Accounts accounts = new Accounts(config.accountsFile(), random);
        Sessions sessions = new Sessions(random, clock);
        ConsoleConfig.Elasticsearch elastic = config.elasticsearch();
        ElasticsearchEvents events = new ElasticsearchEvents(
                ElasticsearchTrust.client(elastic.ca()), elastic.url(), elastic.authorization(), elastic.prefix());
        return new WebServer.Logic(
                accounts,
                sessions,
                new Login(accounts, sessions, new FailedLogins(clock)),
                new UsageOverview(events, config.zone(), clock),
                new OptOuts(topic, keys.keys().gate(), clock),
                topic::isReady);
    }

    /** The port it listens on. */
    public int port() {
        return web.port();
    }

    /** Where a browser on this machine finds it. */
    public URI url() {
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        return URI.create("http://" + host + ":" + port() + "/");
    }

    @Override
    public void close() {
        web.close();
        topic.close();
        keys.close();
    }
}
