package io.quarkiverse.openai.batch.jsonl.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;

class ASchemaIsMadeOnceATypeTest {

    record Topic(String name) {
    }

    record Box<T>(T content) {
    }

    record Free(Object anything) {
    }

    /** The ways in which a type of the application occurs in the type of an answer. */
    enum Use {
        ALONE((types, type) -> types.constructType(type)),
        LISTED((types, type) -> types.constructCollectionType(List.class, type)),
        ARRAY((types, type) -> types.constructArrayType(type)),
        ARGUMENT((types, type) -> types.constructParametricType(Box.class, type)),
        NESTED((types, type) -> types.constructParametricType(Box.class,
                types.constructParametricType(Optional.class, type)));

        private final BiFunction<TypeFactory, Class<?>, JavaType> maker;

        Use(BiFunction<TypeFactory, Class<?>, JavaType> maker) {
            this.maker = maker;
        }
    }

    private final SchemaCache cache = new SchemaCache();

    @Test
    void forAClassAndForAGenericType() {
        assertThat(OutputSchema.of(Topic.class)).isSameAs(OutputSchema.of(Topic.class));
        assertThat(OutputSchema.of(listOfTopics())).isSameAs(OutputSchema.of(listOfTopics()))
                .isNotSameAs(OutputSchema.of(Topic.class));
        assertThat(OutputSchema.of(String.class)).isSameAs(OutputSchema.of(String.class));
    }

    @Test
    void butNotIfItFailed() {
        assertThatThrownBy(() -> OutputSchema.of(Free.class)).hasMessageContaining("Free");
        assertThatThrownBy(() -> OutputSchema.of(Free.class)).hasMessageContaining("Free");
        assertThatThrownBy(() -> OutputSchema.of(Map.class)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Map");
    }

    @ParameterizedTest
    @EnumSource
    void andGoesWithTheClassLoaderOfTheApplication(Use use) throws Exception {
        ReferenceQueue<Class<?>> gone = new ReferenceQueue<>();
        Reference<Class<?>> application = new WeakReference<>(cachedTypeOfAnApplication(use), gone);

        Reference<?> first = null;
        for (int i = 0; i < 50 && first == null; i++) {
            System.gc();
            first = gone.remove(200);
        }
        assertThat(first).isSameAs(application);
    }

    @Test
    void withTheVersionOfTheGeneratorThatMessagesName() throws IOException {
        for (String artifact : OutputSchema.GENERATOR_ARTIFACTS) {
            Properties properties = new Properties();
            try (InputStream stream = getClass().getResourceAsStream(
                    "/META-INF/maven/" + OutputSchema.GENERATOR_GROUP + "/" + artifact + "/pom.properties")) {
                properties.load(stream);
            }
            assertThat(properties.getProperty("version")).isEqualTo(OutputSchema.GENERATOR_VERSION);
        }
    }

    private static Type listOfTopics() {
        return new TypeReference<List<Topic>>() {
        }.getType();
    }

    /** Jackson's own caches keep types, so this one has a cache of its own. */
    private Class<?> cachedTypeOfAnApplication(Use use) throws Exception {
        Class<?> topic = new OwnLoader().loadClass(Topic.class.getName());
        assertThat(topic).isNotSameAs(Topic.class);
        JavaType type = use.maker.apply(TypeFactory.defaultInstance().withCache(new LRUMap<>(4, 4)), topic);
        AtomicInteger made = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            cache.get(type, type, key -> {
                made.incrementAndGet();
                return OutputSchema.of(String.class);
            });
        }
        assertThat(made).hasValue(1);
        return topic;
    }

    /** Has a Topic of its own, and all other classes of the test. */
    private static final class OwnLoader extends ClassLoader {

        OwnLoader() {
            super(Topic.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.equals(Topic.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream bytes = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] content = bytes.readAllBytes();
                return defineClass(name, content, 0, content.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
