package io.quarkiverse.openai.batch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What applications can use, in a file of each jar: a change of it is seen in a review. {@code -Dupdate-api} writes the file.
 * After a release the profile {@code api} compares with that.
 */
class ThePublicApiIsListedTest {

    private static final Set<String> OF_EACH_RECORD = Set.of("equals", "hashCode", "toString");

    @ParameterizedTest
    @CsvSource({ "runtime, ^((?!/runtime/|/internal/).)*$", "emulator, .*/emulator/(control/)?[^/]*$", "langchain4j, .*" })
    void asItIs(String module, String api) throws IOException {
        String text = types(Path.of("..", module, "target", "classes"), Pattern.compile(api).asMatchPredicate()).stream()
                .map(ThePublicApiIsListedTest::text).collect(Collectors.joining("\n"));
        Path listed = Path.of("src", "test", "resources", "api", module + ".txt");
        if (Boolean.getBoolean("update-api")) {
            Files.writeString(listed, text);
        }
        assertThat(text).as("If the change is intended: run this test with -Dupdate-api, and name the change in CHANGELOG.md")
                .isEqualTo(Files.readString(listed));
    }

    private static List<Class<?>> types(Path classes, Predicate<String> api) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class")).filter(api)
                    .map(file -> file.substring(0, file.length() - ".class".length()).replace('/', '.')).sorted()
                    .<Class<?>> map(ThePublicApiIsListedTest::load).filter(ThePublicApiIsListedTest::isVisible).toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ThePublicApiIsListedTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isVisible(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    private static String text(Class<?> type) {
        String supers = Stream
                .concat(Stream.ofNullable(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()))
                .map(Type::getTypeName).filter(name -> !name.equals("java.lang.Object"))
                .collect(Collectors.joining(", "));
        // newer JDKs say more
        return type.toGenericString().replaceFirst("(non-)?sealed ", "") + (supers.isEmpty() ? "" : " : " + supers) + "\n"
                + Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                        .flatMap(Arrays::stream).filter(ThePublicApiIsListedTest::isVisible)
                        .map(ThePublicApiIsListedTest::text).map(member -> "    " + member + "\n").sorted()
                        .collect(Collectors.joining());
    }

    private static boolean isVisible(Member member) {
        return (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0 && !member.isSynthetic()
                && !OF_EACH_RECORD.contains(member.getName());
    }

    private static String text(Member member) {
        return member instanceof Executable executable ? executable.toGenericString() : ((Field) member).toGenericString();
    }
}
