package io.quarkiverse.openai.batch;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/**
 * What applications can use, in a file: a change of it is seen in a review. {@code -Dupdate-api} writes the file again; after a
 * release the profile {@code api} compares with that.
 */
class ThePublicApiIsListedTest {

    private static final Path CLASSES = Path.of("target", "classes");
    private static final Set<String> OF_EACH_RECORD = Set.of("equals", "hashCode", "toString");
    private static final Path LISTED = Path.of("src", "test", "resources", "public-api.txt");

    @Test
    void asItIs() throws IOException {
        String api = types().stream().map(ThePublicApiIsListedTest::text).collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("update-api")) {
            Files.writeString(LISTED, api);
        }
        assertThat(api).as("If the change is intended: run this test with -Dupdate-api, and name the change in CHANGELOG.md")
                .isEqualTo(Files.readString(LISTED));
    }

    private static List<Class<?>> types() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.map(file -> CLASSES.relativize(file).toString()).filter(file -> file.endsWith(".class"))
                    .filter(file -> !file.contains("/runtime/") && !file.contains("/internal/")
                            && !file.endsWith("-info.class"))
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
        // later JDKs name what is sealed
        return type.toGenericString().replaceFirst("\\b(non-)?sealed ", "") + (supers.isEmpty() ? "" : " : " + supers) + "\n"
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
