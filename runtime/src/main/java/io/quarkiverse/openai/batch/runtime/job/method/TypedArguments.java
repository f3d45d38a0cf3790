package io.quarkiverse.openai.batch.runtime.job.method;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.JsonlException;
import io.quarkus.runtime.annotations.RecordableConstructor;

/** What a method takes of results that succeeded: the custom id as a key, and the answer as a type. */
public final class TypedArguments {

    private static final List<String> FACTORIES = List.of("valueOf", "fromString");

    private final String key;
    private final String answer;
    private final String element;
    private volatile Readers readers;

    /**
     * @param key the class of the key
     * @param answer the type of the answer, as Jackson writes it
     * @param element the record of both, if the method takes a list of it; null if it takes both themselves
     */
    @RecordableConstructor
    public TypedArguments(String key, String answer, String element) {
        this.key = key;
        this.answer = answer;
        this.element = element;
    }

    public String getKey() {
        return key;
    }

    public String getAnswer() {
        return answer;
    }

    public String getElement() {
        return element;
    }

    /** Makes an object of another one. */
    private interface Reader<T> {

        Object read(T from) throws ReflectiveOperationException;
    }

    private record Readers(Reader<String> key, Reader<BatchResult> answer, Constructor<?> element) {
    }

    /**
     * The arguments of a call.
     *
     * @param results one, unless the method takes a list
     * @throws JsonlException if an answer is not of the type
     * @throws IllegalArgumentException if a custom id is no key
     */
    Stream<Object> of(List<BatchResult> results) {
        Readers ready = readers();
        if (element != null) {
            return Stream.of(results.stream().map(result -> element(ready, result)).toList());
        }
        return Stream.of(key(ready, results.get(0)), read(ready.answer(), results.get(0)));
    }

    private Object element(Readers ready, BatchResult result) {
        Object keyOfResult = key(ready, result);
        Object answerOfResult = read(ready.answer(), result);
        return read(constructor -> constructor.newInstance(keyOfResult, answerOfResult), ready.element());
    }

    private Object key(Readers ready, BatchResult result) {
        try {
            return read(ready.key(), result.customId());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("The custom id of %s is no %s".formatted(result, key), e);
        }
    }

    private static <T> Object read(Reader<T> reader, T from) {
        try {
            return reader.read(from);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException exception ? exception : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Classes are loaded when they are first needed, by the loader of the application. */
    private Readers readers() {
        if (readers == null) {
            try {
                ClassLoader loader = Thread.currentThread().getContextClassLoader();
                Constructor<?> constructor = element == null ? null
                        : elementConstructor(Class.forName(element, true, loader));
                readers = new Readers(keyReader(Class.forName(key, true, loader)), answerReader(loader), constructor);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
        return readers;
    }

    /** A record may have other constructors. */
    private Constructor<?> elementConstructor(Class<?> type) {
        return accessible(Arrays.stream(type.getDeclaredConstructors())
                .filter(one -> one.getParameterCount() == 2 && boxed(one, 0).equals(key) && answer.startsWith(boxed(one, 1)))
                .findFirst().orElseThrow(() -> new IllegalStateException(type + " cannot be made of a key and an answer")));
    }

    private static String boxed(Constructor<?> constructor, int parameter) {
        return MethodType.methodType(constructor.getParameterTypes()[parameter]).wrap().returnType().getName();
    }

    private static Reader<String> keyReader(Class<?> type) {
        if (type == String.class) {
            return id -> id;
        }
        Method factory = Arrays.stream(type.getDeclaredMethods()).filter(TypedArguments::isFactory).findFirst().orElse(null);
        if (factory != null) {
            accessible(factory);
            return id -> factory.invoke(null, id);
        }
        Constructor<?> constructor = accessible(Arrays.stream(type.getDeclaredConstructors())
                .filter(one -> Arrays.equals(one.getParameterTypes(), new Class<?>[] { String.class })).findFirst()
                .orElseThrow(() -> new IllegalStateException(type + " cannot be made of a text")));
        return constructor::newInstance;
    }

    private static boolean isFactory(Method method) {
        return FACTORIES.contains(method.getName()) && Modifier.isStatic(method.getModifiers())
                && Arrays.equals(method.getParameterTypes(), new Class<?>[] { String.class })
                && method.getReturnType() == method.getDeclaringClass();
    }

    private static <E extends Executable> E accessible(E executable) {
        if (!Modifier.isPublic(executable.getModifiers())
                || !Modifier.isPublic(executable.getDeclaringClass().getModifiers())) {
            executable.setAccessible(true);
        }
        return executable;
    }

    private Reader<BatchResult> answerReader(ClassLoader loader) {
        if (answer.equals(String.class.getName())) {
            return result -> required(result, result.text(), "text");
        }
        if (answer.equals(float[].class.getName())) {
            return result -> required(result, result.embedding(), "embedding");
        }
        JavaType type = TypeFactory.defaultInstance().withClassLoader(loader).constructFromCanonical(answer);
        TypeReference<Object> reference = new TypeReference<>() {
            @Override
            public Type getType() {
                return type;
            }
        };
        return result -> required(result, result.as(reference), "answer");
    }

    private static Object required(BatchResult result, Object value, String what) {
        if (value == null) {
            throw new JsonlException(result + " has no " + what);
        }
        return value;
    }
}
