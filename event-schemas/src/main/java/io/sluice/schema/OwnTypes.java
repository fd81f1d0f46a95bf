package io.sluice.schema;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that the types of this package may be decoded.
 *
 * <p>Since 1.12.2 Avro decodes no class that is not trusted by name. A system property does the same, but a task
 * manager of another's Flink does not have ours.
 */
public final class OwnTypes {
    private static final String PACKAGE = OwnTypes.class.getPackageName();

    static {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), type -> type.getPackageName()
                        .equals(PACKAGE)));
    }

    private OwnTypes() {}

    /** Call it before anything of this package is decoded; any number of times. */
    public static void trust() {
        // Being called has run the initializer, once.
    }
}
