package io.sluice.tests.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The methods named in the launcher's advice to the compiler are there: a renamed one would be slow in silence. */
class CompilerAdviceTest {
    private static final Path ADVICE = Path.of("..", "cli", "src", "main", "jit", "offline");
    private static final String DONT_INLINE = "dontinline ";

    @Test
    void eachMethodExists() throws IOException, ClassNotFoundException {
        List<String> methods = Files.readAllLines(ADVICE).stream()
                .filter(line -> line.startsWith(DONT_INLINE))
                .map(line -> line.substring(DONT_INLINE.length()))
                .toList();
        assertFalse(methods.isEmpty());
        for (String method : methods) {
            String[] parts = method.split("::", -1);
            Class<?> owner = Class.forName(parts[0], false, CompilerAdviceTest.class.getClassLoader());
            assertTrue(
                    Arrays.stream(owner.getDeclaredMethods())
                            .anyMatch(declared -> declared.getName().equals(parts[1])),
                    method);
        }
    }
}
