package io.quarkiverse.openai.batch.jsonl.internal.schema;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JavaType;

/**
 * Makes a schema once a type. A schema is kept by a class of its type, so an application that is reloaded leaves nothing
 * behind.
 */
final class SchemaCache {

    private final ClassValue<Map<Type, OutputSchema>> schemas = new ClassValue<>() {
        @Override
        protected Map<Type, OutputSchema> computeValue(Class<?> keeper) {
            return new ConcurrentHashMap<>();
        }
    };

    OutputSchema get(JavaType javaType, Type type, Function<Type, OutputSchema> maker) {
        return keeper(javaType).map(keeper -> schemas.get(keeper).computeIfAbsent(type, maker))
                .orElseGet(() -> maker.apply(type));
    }

    /** A class that lives no longer than any other class of the type. */
    private static Optional<Class<?>> keeper(JavaType type) {
        List<Class<?>> classes = new ArrayList<>();
        addClasses(type, classes);
        classes.removeIf(candidate -> candidate.getClassLoader() == null);
        if (classes.isEmpty()) {
            // types of Java alone outlive this cache
            return Optional.of(SchemaCache.class);
        }
        return classes.stream().filter(candidate -> classes.stream().allMatch(other -> sees(candidate, other))).findFirst();
    }

    private static void addClasses(JavaType type, List<Class<?>> classes) {
        Class<?> raw = type.getRawClass();
        classes.add(raw);
        if (type.getContentType() != null && type.containedTypeCount() == 0) {
            addClasses(type.getContentType(), classes);
        }
        for (int i = 0; i < type.containedTypeCount(); i++) {
            addClasses(type.containedType(i), classes);
        }
    }

    private static boolean sees(Class<?> candidate, Class<?> other) {
        if (candidate.getClassLoader() == other.getClassLoader()) {
            return true;
        }
        try {
            return Class.forName(other.getName(), false, candidate.getClassLoader()) == other;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
