package io.sluice.console;

import io.sluice.console.accounts.Accounts;
import io.sluice.console.accounts.FailedLogins;
import io.sluice.console.accounts.Login;
import io.sluice.console.accounts.Sessions;
import io.sluice.console.audit.AuditLog;
import io.sluice.console.audit.AuditUnavailable;
import io.sluice.console.audit.Refusals;
import io.sluice.console.expiry.Expiry;
import io.sluice.console.expiry.ExpirySettings;
import io.sluice.console.overview.ElasticsearchEvents;
import io.sluice.console.overview.UsageOverview;
import io.sluice.console.policies.Activations;
import io.sluice.console.policies.ActiveRetentions;
import io.sluice.console.policies.ActiveSignals;
import io.sluice.console.policies.KafkaPolicyTopic;
import io.sluice.console.policies.KafkaShadowCounts;
import io.sluice.console.policies.PoliciesUnavailable;
import io.sluice.console.policies.Shadows;
import io.sluice.console.promises.KafkaRecentBalance;
import io.sluice.console.promises.Live;
import io.sluice.console.promises.LiveFigures;
import io.sluice.console.requests.ConsentTopic;
import io.sluice.console.requests.OptOuts;
import io.sluice.console.topics.CommittedBalance;
import io.sluice.console.web.WebServer;
import io.sluice.keys.KeyStoreFailure;
import io.sluice.keys.ServerKeyStore;
import io.sluice.sinks.topics.Topics;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server, running: the one process that holds the keys which open vault, subject index and export, and ends what may
 * be kept no longer.
 *
 * <p>Guarantees: it listens where its configuration says and nowhere else; after {@link #close()} it listens no more
 * and its threads have ended. It starts without Kafka and Elasticsearch, too, and says so to whoever asks for what they
 * hold.
 */
public final class ConsoleServer implements AutoCloseable {
    private static final Duration EXPIRY_ROUND = Duration.ofMinutes(15);
    private static final Duration SHADOW_ROUND = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);

    private final ConsoleConfig config;
    private final WebServer web;
    private final Deque<AutoCloseable> begun;

    private ConsoleServer(ConsoleConfig config, WebServer web, Deque<AutoCloseable> begun) {
        this.config = config;
        this.web = web;
        this.begun = begun;
    }

    /**
     * Starts the server.
     *
     * @throws IOException if it cannot listen, or something it needs cannot be opened; the message says what to do
     */
    public static ConsoleServer start(ConsoleConfig config) throws IOException {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        Deque<AutoCloseable> begun = new ArrayDeque<>();
        try {
            ServerKeyStore store = ServerKeyStore.open(config.keys(), clock, random);
            begun.push(store);
            begun.push(KeyCare.begin(store));
            ElasticsearchEvents events = new ElasticsearchEvents(config.elasticsearch());
            begun.push(events);
            ConsentTopic topic =
                    withKafka(() -> new ConsentTopic(new Topics(config.topicsPrefix()), config.kafka(), clock));
            begun.push(topic);
            KafkaPolicyTopic policies =
                    withKafka(() -> new KafkaPolicyTopic(new Topics(config.topicsPrefix()), config.kafka(), clock));
            begun.push(policies);
            ExpirySettings expiring = config.expiry();
            Expiry expiry = null;
            if (expiring != null) {
                expiry = new Expiry(
                        expiring, store, new ActiveRetentions(policies, expiring.retentions(), clock), clock);
                begun.push(expiry);
            }
            AuditLog audit = new AuditLog(config.auditFile(), clock);
            Refusals refusals = new Refusals(audit, clock);
            begun.push(refusals);
            Accounts accounts = new Accounts(config.accountsFile(), random);
            Sessions sessions = new Sessions(random, clock);
            CommittedBalance balance = new CommittedBalance(new Topics(config.topicsPrefix()), config.kafka());
            Shadows shadows = new Shadows(policies, new KafkaShadowCounts(balance), audit, clock);
            Activations activations = new Activations(policies, audit, random, clock);
            LiveFigures figures =
                    new LiveFigures(activations, new KafkaRecentBalance(balance), lastRound(expiry), clock);
            WebServer.Logic logic = new WebServer.Logic(
                    accounts,
                    sessions,
                    new Login(accounts, sessions, new FailedLogins(clock)),
                    refusals,
                    new UsageOverview(events, config.zone(), clock),
                    new ActiveSignals(policies, clock),
                    new OptOuts(topic, store.keys().gate(), clock),
                    activations,
                    shadows,
                    figures,
                    topic::isReady);
            WebServer web = WebServer.start(config.host(), config.port(), config.behindTlsProxy(), logic);
            begun.push(web);
            topic.start();
            policies.start();
            if (expiry != null) {
                begun.push(Rounds.begin("expiry", expiry::round, Duration.ZERO, EXPIRY_ROUND));
            }
            begun.push(Rounds.begin("shadow-end", () -> sayWhatIsOver(shadows), Duration.ZERO, SHADOW_ROUND));
            return new ConsoleServer(config, web, begun);
        } catch (KeyStoreFailure e) {
            end(begun);
            throw new IOException(e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            end(begun);
            throw e;
        }
    }

    private static Supplier<Live.@Nullable ExpiryRound> lastRound(@Nullable Expiry expiry) {
        return () -> {
            Expiry.Round last = expiry == null ? null : expiry.last();
            return last == null
                    ? null
                    : new Live.ExpiryRound(last.at(), last.report().failed().size());
        };
    }

    private static void sayWhatIsOver(Shadows shadows) {
        try {
            shadows.sayWhatIsOver();
        } catch (PoliciesUnavailable | AuditUnavailable e) {
            LOG.warn("It is not in the audit log yet whether a shadow is over; trying again: {}", e.getMessage());
        }
    }

    private static <T> T withKafka(Supplier<T> opening) throws IOException {
        try {
            return opening.get();
        } catch (KafkaException e) {
            throw new IOException(
                    "The kafka properties of the server's configuration are refused by the Kafka client; look at them: "
                            + e.getClass().getSimpleName(),
                    e);
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
        end(begun);
    }

    /** Ends what was begun, the last first. */
    private static void end(Deque<AutoCloseable> begun) {
        while (!begun.isEmpty()) {
            try {
                begun.pop().close();
            } catch (Exception e) {
                LOG.warn(
                        "A part of the server did not end cleanly ({})",
                        e.getClass().getSimpleName());
            }
        }
    }
}
