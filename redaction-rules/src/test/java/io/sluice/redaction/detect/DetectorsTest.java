package io.sluice.redaction.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each detector finds and leaves alone; what is to be found stands between {@code {{} and {@code }}}. */
class DetectorsTest {
    private static final TextScanner SHIPPED = TextScanner.of(Detectors.shipped());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "email | mail from {{jane.doe+invoices@example.com}}, queued",
                "email | GET /reset?email={{jane@example.com}}&x=1",
                "email | mailto:{{jane@example.com}}?subject=hi",
                "email | to=<{{jane@example.com}}>",
                "email | {{\"jane doe\"@example.com}} bounced",
                "email | {{jürgen@bücher.example}} angemeldet",
                "email | {{?^`{}~@example.com}} is odd and valid",
                "email | login {{root@localhost}}",
                "email | {{postmaster@[192.0.2.1]}} sent",
                "email | 'quoted {{jane@example.com}}'",
                "email | x@{{jane@example.com}}",
                "ip | client {{192.0.2.17}}:51034 closed",
                "ip | {{010.001.002.003}} padded",
                "ip | IP {{192.0.2.1}}.443 > {{198.51.100.7}}.51234: Flags",
                "ip | host/{{192.0.2.1}}:9300",
                "ip | route {{192.0.2.0/24}} added",
                "ip | [client {{::1}}:37752]",
                "ip | from {{::ffff:192.0.2.7}} port 22",
                "ip | [{{2001:db8::1}}]:443",
                "ip | via {{fe80::1%eth0}} up",
                "ip | addr:{{2001:db8:0:0:0:0:0:1}}:8080 x",
                "ip | {{2001:DB8::8a2e:370:7334}}: refused",
                "ip | listen {{::}} port",
                "mac | DHCPACK to {{00:1A:2b:3c:4d:5e}} via eth0",
                "mac | station {{00-1A-2B-3C-4D-5E}} left",
                "mac | port {{0012.3456.789a}} down",
                "phone | call {{(416) 555-0123}} now",
                "phone | tel:{{416-555-0123}} x",
                "phone | SMS to {{+1 604 555 0199}} sent",
                "phone | SMS to {{+442079460018}} sent",
                "phone | {{1-800-555-0123 ext. 44}}",
                "phone | at {{4165550123}} today",
                "card | charged {{4111 1111 1111 1111}} ok",
                "card | charged {{378282246310005}} ok",
                "card | pan={{5555-5555-5555-4444}};",
                "iban | to {{GB33 BUKB 2020 1555 5555 55}} paid",
                "iban | to {{DE75512108001245126199}}.",
                "national-id | client {{130 692 544}} signed",
                "national-id | NAS: {{130692544}}",
                "national-id | ssn {{536-22-1234}} on file",
                "national-id | SSN={{536221234}}",
                "credential | jwt {{eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJlYWJj}} end",
                "ip | {\"v\":\"{{203.0.113.77}}\"} and v={{203.0.113.78}}",
                "credential | key {{AKIAIOSFODNN7EXAMPLE}} used",
                "credential | push with {{ghp_0123456789abcdefghijABCDEFGHIJ012345}}",
                "credential | {{sk_live_0123456789abcdef}} revoked",
                "credential | Authorization: {{Bearer abcdef0123456789}}",
                "credential | Authorization: {{Basic amFuZTpzZWNyZXQ=}}",
                "credential | got bearer {{mF_9.B5f-4.1JqM}} from app",
                "credential | https://{{jane:secret}}@example.com/x",
                "credential | password={{hunter2}}&user=",
                "credential | \"pwd\":\"{{correct horse}}\"",
                "credential | {\\\"password\\\":\\\"{{s3cr3t}}\\\"}",
                "credential | <password>{{hunter2}}</password>",
                "credential | api_key: {{0123456789abcdef}}",
                "credential | X-Api-Key: {{0123456789abcdef}}",
                "credential | dbPassword={{a,b}}, port=1",
                "credential | password is {{hunter2222}} now",
                "session | Set-Cookie: {{sid=8f14e45f; Path=/; HttpOnly}}",
                "session | Cookie: {{a=1; b=2}}",
                "session | /cart;jsessionid={{0A1B2C3D4E5F}}?x=1",
                "session | PHPSESSID={{abc123def456}}",
                "session | seen {{GA1.2.123456789.1700000000}} again",
                "device-id | device_id={{b7c1f5a0-1111}} ok",
                "device-id | device {{123e4567-e89b-12d3-a456-426614174000}} seen",
                "device-id | imei: {{490154203237518}}",
                "health-number | health card {{1234 567 897 AB}} read",
                "health-number | RAMQ {{TREM 5809 1512}} read",
                "health-number | PHN: {{9876543210}}",
                "postal-code | postal code {{K1A 0B1}} saved",
                "postal-code | Ottawa ON {{K1A0B1}} saved",
                "postal-code | zip: {{90210-1234}} saved",
                "bank-account | account number {{1234567}} added",
                "bank-account | transit {{00011-003}} saved",
                "bank-account | ACH routing {{121000358}} ok",
                "payment-reference | Interac e-Transfer {{CA3fGh7K12}} received",
                "birth-date | dob={{1980-03-12}};",
                "birth-date | Date of birth: {{12 March 1980}} ok",
                "birth-date | date de naissance {{12/03/80}} ok",
                "person-name | first_name={{Zoë}}&x=1",
                "person-name | \"patient\":\"{{Émilie Tremblay-Roy}}\"",
                "person-name | name={{Jane Doe}}, plan=pro",
                "person-name | met Dr. {{Anne O'Neil}} today",
                "person-name | user={{jdoe}} action=login",
                "person-name | Failed password for invalid user {{oracle}} from x",
                "person-name | attempt by user '{{jane}}': denied",
                "person-name | User {{jane}} logged in",
            })
    void finds(String category, String marked) {
        StringBuilder expected = new StringBuilder();
        String text = marked.replace("{{", "").replace("}}", "");
        int removed = 0;
        for (int at = marked.indexOf("{{"); at >= 0; at = marked.indexOf("{{", at + 2)) {
            int start = at - removed;
            removed += 2;
            int end = marked.indexOf("}}", at) - removed;
            removed += 2;
            expected.append(category)
                    .append(' ')
                    .append(start)
                    .append('-')
                    .append(end)
                    .append(' ');
        }
        StringBuilder found = new StringBuilder();
        SHIPPED.scan(text).forEach(finding -> found.append(finding.category().label())
                .append(' ')
                .append(finding.start())
                .append('-')
                .append(finding.end())
                .append(' '));
        assertEquals(expected.toString(), found.toString(), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lodash@4.17.21 installed",
                "java.lang.Thread@5f2108b5",
                "@Override and @types/node",
                "took 10:32:04.009 in version 1.2.3.4",
                "Chrome/121.0.0.1 and v1.2.3.4",
                "agent v 1.2.3.4 started",
                "oid 1.3.6.1.4.1.311",
                "256.1.1.1 and 1.2.3",
                "std::vector<int> and Foo::Bar and ::",
                "2001::db8::1",
                "MD5 43:51:43:a1:b5:fc:8b:b7:0a:3a:a9:b1:0f:66:73:a8",
                "broadcast ff:ff:ff:ff:ff:ff and 00:00:00:00:00:00",
                "at 2024-01-10 12:00:00 took 12 ms",
                "2012-01-02 08:00 and 20120102 08:00",
                "id 123e4567-e89b-12d3-a456-426614174000 done",
                "order 4111111111111112 placed",
                "nanos 1696934400123456789",
                "iban GB34 BUKB 2020 1555 5555 55",
                "130 692 545 and 046 454 286",
                "000-12-3456 and 666-12-3456 and 123-45-67890",
                "unexpected token: foo",
                "compass=1 and bypass=2",
                "using password: NO",
                "password=<credential>&name=<person-name>",
                "Authorization: <credential>",
                "session: expired",
                "sample K1A 0B1 tested",
                "born in 3 steps",
                "the user agent is old",
                "name=worker-1 hostname=web",
                "tok_email_2024q1_0123456789abcdefghijAB_a1b2c3 seen",
                "password=tok_credential_2024q1_0123456789abcdefghijAB_a1b2c3",
                "/images/2009/presentations/logstash-monitorama-2013/plugin/highlight.js",
                "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "100%25 of 50%20off",
            })
    void leavesAlone(String text) {
        assertEquals("[]", SHIPPED.scan(text).toString(), text);
    }
}
