package io.sluice.ingest.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as newly exposed, newly hidden, and merely changed. */
class ChangeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "192.0.2.7            | -                    | tok_ip_a            | EXPOSED",
                "192.0.2.7            | tok_ip_a             | 192.0.2.7           | EXPOSED",
                "192.0.2.7            | tok_ip_a             | 192.0.2.0           | EXPOSED",
                "192.0.2.7            | 192.0.2.0            | tok_ip_a            | EXPOSED",
                "192.0.2.7            | 192.0.2.0            | 192.0.0.0           | HIDDEN",
                "192.0.2.7            | tok_ip_a             | -                   | HIDDEN",
                "192.0.2.7            | tok_ip_a             | tok_ip_b            | CHANGED",
                "jane paid            | (other)              | jane paid           | EXPOSED",
                "jane paid            | jane paid            | (other)             | HIDDEN",
                "x                    | (other)              | Other               | CHANGED",
                "2024-01-10T12:34:56Z | 2024-01-10T00:00:00Z | 2024-01-10T12:34:56Z | EXPOSED",
                "to a@example.com     | to <email>           | to <person>         | CHANGED",
                "to a@example.com     | to <email>           | to example          | EXPOSED"
            })
    void aChangeCountsByWhatItLetsSee(String record, String was, String is, Change change) {
        assertEquals(change, Change.of(record, was, is));
    }
}
