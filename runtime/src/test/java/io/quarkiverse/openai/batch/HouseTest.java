package io.quarkiverse.openai.batch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/** The floor plan: which package may know which, and how large things may get. */
class HouseTest {

    private static final String ROOT = "io.quarkiverse.openai.batch";
    private static final String RUNTIME = ROOT + ".runtime";
    private static final String[] API = { ROOT, ROOT + ".reactive", ROOT + ".job", ROOT + ".jsonl", ROOT + ".model" };
    private static final Path SOURCES = Path.of("src/main/java/" + ROOT.replace('.', '/'));

    /** From the ground up; a package imports from earlier groups only, or from its own if that makes no cycle. */
    private static final List<Set<String>> FLOORS = List.of(
            Set.of("job.files", "job.provider", "job.method", "job.trace", "provider"),
            Set.of("job.user"),
            Set.of("job.store"),
            Set.of("job.directory", "job.database"),
            Set.of("job.setup", "job.log", "retry"),
            Set.of("job.result", "job.admission", "config"),
            Set.of("client.http"),
            Set.of("client.operation"),
            Set.of("job.batch", "job.handler", "job.openai"),
            Set.of("job.spool"),
            Set.of("job.collect"),
            Set.of("job.engine"),
            Set.of("job.collector"),
            Set.of("job", "client"),
            Set.of("app"),
            Set.of("webhook"),
            Set.of("health", "metrics", "traces", "datasource"));

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

    @Test
    void packagesOfTheApiKnowOnlyThoseBelow() {
        noClasses().that().resideInAPackage(ROOT + ".model..")
                .should().dependOnClassesThat()
                .resideInAnyPackage(ROOT, ROOT + ".reactive", ROOT + ".jsonl..", ROOT + ".job", RUNTIME + "..")
                .check(HOUSE);
        noClasses().that().resideInAPackage(ROOT + ".jsonl..")
                .should().dependOnClassesThat().resideInAnyPackage(ROOT, ROOT + ".reactive", ROOT + ".job", RUNTIME + "..")
                .check(HOUSE);
        noClasses().that(resideInAnyPackage(ROOT, ROOT + ".reactive").and(not("OpenAiBatch")))
                .should().dependOnClassesThat().resideInAnyPackage(ROOT + ".job", RUNTIME + "..").check(HOUSE);
        noClasses().that().resideInAPackage(ROOT + ".job")
                .should().dependOnClassesThat().resideInAPackage(RUNTIME + "..").check(HOUSE);
    }

    private static DescribedPredicate<JavaClass> not(String prefix) {
        return DescribedPredicate.describe("are not " + prefix + "*", type -> !type.getSimpleName().startsWith(prefix));
    }

    @Test
    void packagesOfTheRuntimeHaveNoCycle() {
        slices().matching(RUNTIME + ".(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void packagesOfTheRuntimeStandOnEachOther() {
        classes().that().resideInAPackage(RUNTIME + "..").should(new ArchCondition<>("know only floors below") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                int floor = floor(type);
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> dependency.getTargetClass().getPackageName().startsWith(RUNTIME))
                        .filter(dependency -> floor(dependency.getTargetClass().getBaseComponentType()) > floor)
                        .forEach(dependency -> events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
            }
        }).check(HOUSE);
    }

    private static int floor(JavaClass type) {
        String name = type.getPackageName().substring(RUNTIME.length() + 1);
        return FLOORS.indexOf(FLOORS.stream().filter(floor -> floor.contains(name)).findFirst()
                .orElseThrow(() -> new AssertionError("Package runtime." + name + " has no floor")));
    }

    @Test
    void theInsideOfLinesIsKnownToLinesOnly() {
        noClasses().that().resideOutsideOfPackage(ROOT + ".jsonl..")
                .should().dependOnClassesThat().resideInAPackage(ROOT + ".jsonl.internal..").check(HOUSE);
    }

    @Test
    void signaturesOfTheApiHaveNoTypesFromInside() {
        members().that().arePublic().or().areProtected()
                .and().areDeclaredInClassesThat(resideInAnyPackage(API).and(visible()))
                .should(new ArchCondition<JavaMember>("have only types of the API") {
                    @Override
                    public void check(JavaMember member, ConditionEvents events) {
                        types(member).filter(type -> type.getPackageName().startsWith(RUNTIME)
                                || type.getPackageName().contains(".internal"))
                                .forEach(type -> events.add(SimpleConditionEvent.violated(member,
                                        member.getFullName() + " has " + type.getName())));
                    }
                }).check(HOUSE);
    }

    private static DescribedPredicate<JavaClass> visible() {
        return DescribedPredicate.describe("are public", type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(outer -> outer.getModifiers().contains(JavaModifier.PUBLIC)).orElse(true));
    }

    private static Stream<JavaClass> types(JavaMember member) {
        Set<JavaClass> types = member instanceof JavaCodeUnit unit
                ? Stream.concat(unit.getReturnType().getAllInvolvedRawTypes().stream(),
                        unit.getParameterTypes().stream().flatMap(type -> type.getAllInvolvedRawTypes().stream()))
                        .collect(Collectors.toSet())
                : member.getAllInvolvedRawTypes();
        return types.stream();
    }

    @Test
    void theInsideOfJacksonIsTouchedInOnePackage() {
        noClasses().that().resideOutsideOfPackage(ROOT + ".jsonl.internal.json").should().dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson.core.json..", "com.fasterxml.jackson.core.io..",
                        "com.fasterxml.jackson.core.sym..", "com.fasterxml.jackson.core.base..")
                .check(HOUSE);
    }

    @Test
    void linesAndTheWireNeedJacksonAlone() {
        classes().that().resideInAnyPackage(ROOT + ".model..", ROOT + ".jsonl..").should().onlyDependOnClassesThat(
                resideInAnyPackage("java..", "com.fasterxml.jackson..", ROOT + ".model..", ROOT + ".jsonl..")
                        .or(resideInAnyPackage("com.github.victools..", "com.fasterxml.classmate..", "com.knuddels.jtokkit.."))
                        .or(DescribedPredicate.describe("are primitive", type -> type.getBaseComponentType().isPrimitive())))
                .check(HOUSE);
    }

    /** A client that is built finds Vert.x and the registries of TLS and proxies in the container. */
    @Test
    void frameworksAreKnownInFewPackages() {
        noClasses().that(resideOutsideOfPackages(RUNTIME + ".app", RUNTIME + ".client..", RUNTIME + ".job.method",
                RUNTIME + ".health", RUNTIME + ".metrics", RUNTIME + ".traces", RUNTIME + ".webhook", RUNTIME + ".datasource")
                .and(resideInAPackage(RUNTIME + "..")))
                .should().dependOnClassesThat().resideInAnyPackage("io.quarkus.arc..", "jakarta.enterprise.context..",
                        "jakarta.enterprise.inject..", "jakarta.enterprise.event..")
                .check(HOUSE);
        noClasses().that().resideOutsideOfPackages(RUNTIME + ".client.http", RUNTIME + ".webhook").should()
                .dependOnClassesThat().resideInAnyPackage("io.vertx..", "org.jboss.resteasy..", "io.quarkus.rest..")
                .check(HOUSE);
        noClasses().that().resideOutsideOfPackage(RUNTIME + ".metrics").should().dependOnClassesThat()
                .resideInAnyPackage("io.micrometer..").check(HOUSE);
        noClasses().that().resideOutsideOfPackage(RUNTIME + ".traces").should().dependOnClassesThat()
                .resideInAnyPackage("io.opentelemetry..").check(HOUSE);
        noClasses().that().resideOutsideOfPackage(RUNTIME + ".health").should().dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.microprofile.health..").check(HOUSE);
    }

    @Test
    void onlyStepsMoveAChunk() {
        noClasses().that().resideOutsideOfPackage(RUNTIME + ".job..")
                .should().callMethod(ChunkRow.class, "in", ChunkState.class)
                .orShould().callMethod(JobStore.class, "update", ChunkRow.class).check(HOUSE);
        noClasses().that().resideInAnyPackage(RUNTIME + ".job", RUNTIME + ".job.result", RUNTIME + ".job.admission",
                RUNTIME + ".job.setup", RUNTIME + ".job.method")
                .should().callMethod(ChunkRow.class, "in", ChunkState.class).check(HOUSE);
    }

    @Test
    void nothingChangesInStaticFields() {
        fields().that().areStatic().and().areNotPrivate().should().beFinal().check(HOUSE);
        fields().that().areStatic().should().beFinal().check(HOUSE);
        // a task knows its epoch by its thread, so that nobody hands it through all steps
        noClasses().that().doNotHaveSimpleName("WireApiListener").and().doNotHaveSimpleName("Epochs").should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class).check(HOUSE);
    }

    @Test
    void constructorsTakeSevenThingsAtMost() {
        members().that(DescribedPredicate.describe("are constructors", JavaConstructor.class::isInstance))
                .and().areDeclaredInClassesThat(DescribedPredicate.describe("are no records", type -> !type.isRecord()
                        && !type.isEnum()))
                .should(new ArchCondition<JavaMember>("take at most 7 parameters") {
                    @Override
                    public void check(JavaMember member, ConditionEvents events) {
                        int count = ((JavaConstructor) member).getRawParameterTypes().size();
                        if (count > 7) {
                            events.add(SimpleConditionEvent.violated(member, member.getFullName() + " takes " + count));
                        }
                    }
                }).check(HOUSE);
    }

    /** Packages of data may be larger. */
    @Test
    void aPackageHasTwentyClassesAtMost() throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        for (Path file : sources()) {
            if (!file.endsWith("package-info.java")) {
                sizes.merge(SOURCES.relativize(file.getParent()).toString(), 1L, Long::sum);
            }
        }
        sizes.keySet().removeAll(Set.of("model", "jsonl"));
        assertThat(sizes).allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(20));
    }

    @Test
    void aPackageSaysWhatItIsFor() throws IOException {
        Set<Path> packages = sources().stream().map(Path::getParent).collect(Collectors.toSet());
        assertThat(packages).allSatisfy(name -> assertThat(name.resolve("package-info.java")).exists());
    }

    @ParameterizedTest
    @ValueSource(strings = { "src/main/java", "src/test/java" })
    void aFileHasThreeHundredLinesAtMost(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")).toList()).allSatisfy(
                    file -> assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(300));
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
