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
import io.sluice.keys.KeyStore;
import io.sluice.sinks.topics.Topics;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * The server, running.
 *
 * <p>Guarantees: it listens where its configuration says and nowhere else; after {@link #close()} no thread and no
 * socket of it is left.
 */
public final class ConsoleServer implements AutoCloseable {
    private final ConsoleConfig config;
    private final WebServer web;
    private final ConsentTopic topic;
    private final KeyStore keys;

    private ConsoleServer(ConsoleConfig config, WebServer web, ConsentTopic topic, KeyStore keys) {
        this.config = config;
        this.web = web;
        this.topic = topic;
        this.keys = keys;
    }

    /**
     * Starts the server.
     *
     * @param keys the key store, closed with the server
     * @throws IOException if it cannot listen, or a file it needs cannot be read; the message says what to do
     */
    public static ConsoleServer start(ConsoleConfig config, KeyStore keys) throws IOException {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        Accounts accounts = new Accounts(config.accountsFile(), random);
        Sessions sessions = new Sessions(random, clock);
        ConsoleConfig.Elasticsearch elastic = config.elasticsearch();
        ElasticsearchEvents events = new ElasticsearchEvents(
                ElasticsearchTrust.client(elastic.ca()), elastic.url(), elastic.authorization(), elastic.prefix());
        ConsentTopic topic = new ConsentTopic(new Topics(config.topicsPrefix()), config.kafka(), clock);
        try {
            WebServer.Logic logic = new WebServer.Logic(
                    accounts,
                    sessions,
                    new Login(accounts, sessions, new FailedLogins(clock)),
                    new UsageOverview(events, config.zone(), clock),
                    new OptOuts(topic, keys.gate(), clock),
                    topic::isReady);
            WebServer web = WebServer.start(config.host(), config.port(), config.behindTlsProxy(), logic);
            topic.start();
            return new ConsoleServer(config, web, topic, keys);
        } catch (IOException | RuntimeException e) {
            topic.close();
            keys.close();
            throw e;
        }
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
