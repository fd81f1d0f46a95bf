package io.sluice.console;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.console.expiry.ExpirySettings;
import io.sluice.sinks.elasticsearch.Credentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleConfigTest {
    private static final String GOOD =
            """
            server:
              port: 0
              zone: America/Toronto
              accounts-file: accounts.json
            keys: keys
            kafka:
              bootstrap.servers: 127.0.0.1:9092
              sasl.jaas.config: login as server with ${file:kafka.pw};
            elasticsearch:
              url: http://127.0.0.1:9200
              user: server
              password: ${env:ES_PW}
            """;

    @TempDir
    Path dir;

    private ConsoleConfig read(String text) throws Exception {
        Files.writeString(dir.resolve("kafka.pw"), "ka$fka\\1\n");
        Path file = Files.writeString(dir.resolve("console.yaml"), text);
        return ConsoleConfig.read(file, Map.of("ES_PW", "hush-hush"));
    }

    private String refusal(String text) {
        return String.valueOf(
                assertThrows(ConfigRefused.class, () -> read(text)).getMessage());
    }

    @Test
    void takesSecretsFromFilesAndTheEnvironmentAndPrintsNone() throws Exception {
        ConsoleConfig config = read(GOOD);
        assertEquals("login as server with ka$fka\\1;", config.kafka().get("sasl.jaas.config"));
        Credentials.User user =
                assertInstanceOf(Credentials.User.class, config.elasticsearch().credentials());
        assertArrayEquals("hush-hush".toCharArray(), user.password().read());
        assertEquals(dir.resolve("accounts.json"), config.accountsFile());
        assertEquals("America/Toronto", config.zone().getId());
        assertFalse(config.toString().contains("hush"), config.toString());
    }

    @Test
    void listensOnLoopbackUnlessAProxyIsDeclared() throws Exception {
        assertTrue(read(GOOD).isLoopback());
        String open = GOOD.replace("  port: 0", "  host: 0.0.0.0");
        assertTrue(refusal(open).contains("console.yaml:2:"), refusal(open));
        assertFalse(
                read(open.replace("  zone", "  behind-tls-proxy: true\n  zone")).isLoopback());
    }

    @Test
    void namesFileLineAndWhatWasMeantForEveryProblemAtOnce() {
        String refusal = refusal(GOOD.replace("  port: 0", "  prot: 0").replace("${env:ES_PW}", "${env:ES_PASS}")
                + "  indexprefix: x\n");
        assertEquals(3, refusal.split("\n").length, refusal);
        assertTrue(refusal.contains("console.yaml:2:"), refusal);
        assertTrue(refusal.contains("did you mean port?"), refusal);
        assertTrue(refusal.contains("did you mean index-prefix?"), refusal);
        assertTrue(refusal.contains("the environment has no variable ES_PASS"), refusal);
    }

    @Test
    void takesRetentionsFromThePolicyAndAnAccountOfItsOwnForExpiry() throws Exception {
        assertNull(read(GOOD).expiry());
        String section = "expiry: {vault: v, subject-index: s, user: expirer, password: '${env:ES_PW}'}\n";
        ExpirySettings expiry = Objects.requireNonNull(read(GOOD + section).expiry());
        assertEquals(
                Map.of(
                        "analytics", Duration.ofDays(90),
                        "security", Duration.ofDays(90),
                        "operations", Duration.ofDays(7)),
                expiry.retentions());
        assertEquals(dir.resolve("v"), expiry.vault());
        assertEquals("User[expirer]", expiry.elasticsearch().credentials().toString());
        String noPolicy = refusal(GOOD + section.replace("{vault", "{policy: none.yaml, vault"));
        assertTrue(noPolicy.contains("console.yaml:13:"), noPolicy);
        assertTrue(noPolicy.contains("policy cannot be read"), noPolicy);
        assertTrue(refusal(GOOD + section.replace("vault: v, ", "")).contains("vault is missing here"));
    }

    @Test
    void repeatsNoSecretThatStandsInTheWrongPlace() {
        String refusal = refusal(GOOD.replace("password: ${env:ES_PW}", "password: {hunter2: hunter2}"));
        assertFalse(refusal.contains("hunter2"), refusal);
        assertTrue(refusal.contains("console.yaml:12:"), refusal);
    }

    @Test
    void saysWhatIsMissing() {
        assertTrue(refusal(GOOD.replace("keys: keys\n", "")).contains("keys is missing here"));
        assertTrue(refusal("").contains("the file is empty"));
        String gone = String.valueOf(
                assertThrows(ConfigRefused.class, () -> ConsoleConfig.read(dir.resolve("none.yaml"), Map.of()))
                        .getMessage());
        assertTrue(gone.contains("none.yaml"), gone);
    }
}
