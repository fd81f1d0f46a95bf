package io.sluice.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Instant;
import org.apache.avro.util.ClassSecurityValidator;
import org.junit.jupiter.api.Test;

class OwnTypesTest {
    @Test
    void oursAreDecodedAndOthersAreNot() throws IOException {
        OwnTypes.trust();
        RefusedDocument document =
                new RefusedDocument("id", "usage-events-2024.01.10", "document_parsing_exception", Instant.EPOCH, "{}");
        assertEquals(document, RefusedDocument.fromByteBuffer(document.toByteBuffer()));
        assertThrows(SecurityException.class, () -> ClassSecurityValidator.validate(ProcessBuilder.class));
    }
}
