package io.sluice.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.sluice.redaction.Redacted;
import io.sluice.schema.CleanEvent;

/** The drawing of the house stays true. */
@AnalyzeClasses(packages = "io.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] ENGINES = {"org.apache.flink..", "org.apache.kafka.."};

    @ArchTest
    static final ArchRule pureRoomsKnowNoEngine = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.sluice.redaction..",
                    "io.sluice.keys..",
                    "io.sluice.ingest.parse..",
                    "io.sluice.ingest.enrich..",
                    "io.sluice.ingest.boundary..",
                    "io.sluice.ingest.offline..",
                    "io.sluice.ingest.usage..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENGINES);

    @ArchTest
    static final ArchRule keysKnowNobody = noClasses()
            .that()
            .resideInAPackage("io.sluice.keys..")
            .should()
            .dependOnClassesThat(ours().and(not("io.sluice.keys")));

    @ArchTest
    static final ArchRule schemasKnowNobody = noClasses()
            .that()
            .resideInAPackage("io.sluice.schema..")
            .should()
            .dependOnClassesThat(ours().and(not("io.sluice.schema")));

    @ArchTest
    static final ArchRule collectorKnowsNobody = noClasses()
            .that()
            .resideInAPackage("io.sluice.collector..")
            .should()
            .dependOnClassesThat(ours().and(not("io.sluice.collector")));

    @ArchTest
    static final ArchRule requestsAreWrittenDownWithoutWebAndKafka = noClasses()
            .that()
            .resideInAPackage("io.sluice.collector.request..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.javalin..", "jakarta..", "io.sluice.collector.web..");

    @ArchTest
    static final ArchRule rulesKnowKeysAlone = noClasses()
            .that()
            .resideInAPackage("io.sluice.redaction..")
            .should()
            .dependOnClassesThat(ours().and(not("io.sluice.redaction")).and(not("io.sluice.keys")));

    @ArchTest
    static final ArchRule sinksTakeNoIdentifier = noClasses()
            .that()
            .resideInAPackage("io.sluice.sinks..")
            .should()
            .dependOnClassesThat(ours().and(not("io.sluice.sinks"))
                    .and(not("io.sluice.keys"))
                    .and(not("io.sluice.schema")));

    @ArchTest
    static final ArchRule ingestKnowsNeitherServerNorStackNorCommand = noClasses()
            .that()
            .resideInAPackage("io.sluice.ingest..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.sluice.collector..", "io.sluice.console..", "io.sluice.infra..", "io.sluice.cli..");

    @ArchTest
    static final ArchRule nobodyKnowsTheCommand = noClasses()
            .that()
            .resideOutsideOfPackage("io.sluice.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.sluice.cli..");

    @ArchTest
    static final ArchRule onlyTheRedactorMakesRedacted = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.sluice.redaction.Redactor")
            .should()
            .callConstructor(
                    Redacted.class,
                    io.sluice.redaction.rule.Route.class,
                    io.sluice.redaction.rule.Form.class,
                    io.sluice.redaction.transform.TimeTo.class);

    @ArchTest
    static final ArchRule oneClassBuildsCleanEvents = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.sluice.ingest.boundary.CleanEvents")
            .and()
            .resideOutsideOfPackage("io.sluice.schema..")
            .should()
            .callConstructorWhere(new DescribedPredicate<JavaConstructorCall>("makes a CleanEvent") {
                @Override
                public boolean test(JavaConstructorCall call) {
                    return call.getTargetOwner().isEquivalentTo(CleanEvent.class);
                }
            });

    @ArchTest
    static final ArchRule onlyOfflineRunsHaveAWitness = noClasses()
            .that()
            .resideOutsideOfPackages("io.sluice.ingest.boundary..", "io.sluice.ingest.offline..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.sluice.ingest.boundary.Witness");

    @ArchTest
    static final ArchRule noStaticMutableState = noFields()
            .that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("io.sluice.schema..")
            .should()
            .notHaveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule noPackageIsARagBag = classes()
            .should()
            .resideOutsideOfPackages(
                    "..util..", "..common..", "..helper..", "..helpers..", "..misc..", "..base..", "..impl..");

    @ArchTest
    static final ArchRule noCyclesBetweenSinks =
            slices().matching("io.sluice.sinks.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyPrintsOrExits = noClasses()
            .that()
            .resideOutsideOfPackages("io.sluice.cli..", "io.sluice.infra..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class);

    private static DescribedPredicate<JavaClass> ours() {
        return in("io.sluice");
    }

    private static DescribedPredicate<JavaClass> not(String root) {
        return DescribedPredicate.not(in(root));
    }

    private static DescribedPredicate<JavaClass> in(String root) {
        return new DescribedPredicate<>("in " + root) {
            @Override
            public boolean test(JavaClass type) {
                return type.getPackageName().equals(root)
                        || type.getPackageName().startsWith(root + ".");
            }
        };
    }
}
