package io.sluice.tests.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.redaction.rule.PolicyFiles;
import io.sluice.tests.command.Sluice;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One {@link RunningSluice} for all test classes with {@link WithSluice}: the first of them starts it, and it stops when
 * all tests have run.
 *
 * <p>Guarantees: a class gets it with every record accounted for and indexed, the shipped policy in force, no policy that
 * waits and none that is tried. A class that leaves it otherwise fails, and the next one gets a fresh one. Records,
 * documents and lines of the audit log of earlier classes are there: a class counts its own.
 */
final class SharedSluice implements ParameterResolver, AfterAllCallback {
    private static final ExtensionContext.Namespace OWN = ExtensionContext.Namespace.create(SharedSluice.class);

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getRoot().getStore(OWN);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningSluice.class;
    }

    /** The store closes it, as every resource, behind the last test. */
    @Override
    public RunningSluice resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return store(context).getOrComputeIfAbsent(RunningSluice.class, unused -> start(), RunningSluice.class);
    }

    private static RunningSluice start() {
        try {
            return RunningSluice.start();
        } catch (Exception e) {
            throw new IllegalStateException("no Sluice to share", e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        RunningSluice sluice = store(context).get(RunningSluice.class, RunningSluice.class);
        if (sluice == null) {
            return;
        }
        boolean asItWas = false;
        try {
            sluice.awaitIndexed();
            Sluice.Run active = sluice.run("rules", "active", "--json");
            assertEquals(0, active.code(), active.err());
            JsonNode policies = active.objects().get(0);
            List<String> versions = policies.path("active").findValuesAsText("version");
            assertEquals(List.of(PolicyFiles.DEFAULT), versions, "left in force");
            assertEquals(0, policies.path("waiting").size(), "left waiting");
            Sluice.Run shadow = sluice.run("rules", "shadow");
            assertEquals(1, shadow.code(), "left on trial: " + shadow.out());
            asItWas = shadow.err().contains("No policy is shadowed");
            assertEquals(true, asItWas, shadow.out() + shadow.err());
        } finally {
            if (!asItWas) {
                store(context).remove(RunningSluice.class);
                sluice.close();
            }
        }
    }
}
