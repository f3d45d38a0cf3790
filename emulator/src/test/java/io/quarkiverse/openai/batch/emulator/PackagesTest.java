package io.quarkiverse.openai.batch.emulator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

class PackagesTest {

    private static final String EMULATOR = "io.quarkiverse.openai.batch.emulator";

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(EMULATOR);

    @Test
    void haveNoCycle() {
        slices().matching(EMULATOR + ".(**)").should().beFreeOfCycles().check(classes);
        noClasses().that().resideInAPackage(EMULATOR + ".*..").should().dependOnClassesThat().resideInAPackage(EMULATOR)
                .check(classes);
    }

    @Test
    void knowNothingOfTheClient() {
        noClasses().should().dependOnClassesThat(
                resideInAPackage("io.quarkiverse.openai.batch..").and(not(resideInAPackage(EMULATOR + "..")))).check(classes);
    }
}
