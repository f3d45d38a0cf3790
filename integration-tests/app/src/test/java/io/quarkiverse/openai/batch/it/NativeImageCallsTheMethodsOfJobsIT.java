package io.quarkiverse.openai.batch.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.BatchSource;
import io.quarkiverse.openai.batch.job.OnBatchResult;

/** The build makes a class for each, which calls it; so nothing of them is found by name in an image. */
class NativeImageCallsTheMethodsOfJobsIT {

    private static NativeSources sources;
    private static List<Method> methods;

    @BeforeAll
    static void readSources() throws IOException, URISyntaxException {
        sources = NativeSources.read();
        methods = ClassesBeside.of(Reviews.class).stream().flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(OnBatchResult.class)
                        || method.isAnnotationPresent(BatchSource.class))
                .toList();
    }

    @Test
    void withAnInvokerForEach() {
        assertThat(methods).hasSizeGreaterThan(2).allSatisfy(method -> assertThat(invokers(method)).isNotEmpty());
    }

    @Test
    void thatCallsThemWithoutReflection() {
        assertThat(methods).flatMap(NativeImageCallsTheMethodsOfJobsIT::invokers).allSatisfy(
                invoker -> assertThat(sources.classes().get(invoker)).doesNotContain("java/lang/reflect", "java/lang/Class"));
        assertThat(methods).allSatisfy(method -> assertThat(invokers(method))
                .anySatisfy(invoker -> assertThat(sources.classes().get(invoker)).contains(internal(method.getDeclaringClass()
                        .getName()), method.getName(), "invoke")));
    }

    /** A class that is made by its name would have it with dots, as a text. */
    @Test
    void andIsMadeWithoutReflection() {
        assertThat(methods).allSatisfy(method -> {
            List<String> invokers = invokers(method);
            assertThat(sources.classes()).as("the start")
                    .anySatisfy((name, content) -> assertThat(name.startsWith("io.quarkus.runner.recorded.")
                            && invokers.stream().anyMatch(invoker -> content.contains(internal(invoker)))).isTrue());
            assertThat(sources.classes())
                    .allSatisfy((name, content) -> assertThat(invokers).noneMatch(content::contains));
        });
    }

    private static List<String> invokers(Method method) {
        String start = method.getDeclaringClass().getName() + "_" + method.getName() + "_";
        return sources.classes().keySet().stream().filter(name -> name.startsWith(start) && name.contains("Invoker"))
                .toList();
    }

    private static String internal(String className) {
        return className.replace('.', '/');
    }
}
