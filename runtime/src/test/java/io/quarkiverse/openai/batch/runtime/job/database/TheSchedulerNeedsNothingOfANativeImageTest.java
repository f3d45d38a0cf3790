package io.quarkiverse.openai.batch.runtime.job.database;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ServiceLoader;

import org.junit.jupiter.api.Test;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** So nothing of it is registered. */
class TheSchedulerNeedsNothingOfANativeImageTest {

    private static final String SCHEDULER = Scheduler.class.getPackageName();
    private static final String SERIALIZERS = Serializer.class.getPackageName();

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(SCHEDULER, TaskScheduler.class.getPackageName());

    /** Only its serializers do. */
    @Test
    void itsOwnClassesMakeNothingByName() {
        noClasses().that().resideInAPackage(SCHEDULER + "..").and().resideOutsideOfPackage(SERIALIZERS + "..")
                .should().callMethod(Class.class, "forName", String.class)
                .orShould().callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class)
                .orShould().callMethod(ClassLoader.class, "loadClass", String.class)
                .orShould().callMethod(Class.class, "getResourceAsStream", String.class)
                .orShould().dependOnClassesThat().areAssignableTo(ServiceLoader.class)
                .orShould().dependOnClassesThat().areAssignableTo(ObjectInputStream.class)
                .orShould().dependOnClassesThat().areAssignableTo(ObjectOutputStream.class)
                .orShould().dependOnClassesThat().areAssignableTo(Method.class)
                .orShould().dependOnClassesThat().areAssignableTo(Constructor.class)
                .check(CLASSES);
    }

    @Test
    void itsSerializersAreNotUsedHere() {
        noClasses().that().resideInAPackage(TaskScheduler.class.getPackageName())
                .should().dependOnClassesThat(new DescribedPredicate<>("serializers") {
                    @Override
                    public boolean test(JavaClass type) {
                        return type.getPackageName().startsWith(SERIALIZERS) && !type.isEquivalentTo(Serializer.class);
                    }
                }).check(CLASSES);
    }
}
