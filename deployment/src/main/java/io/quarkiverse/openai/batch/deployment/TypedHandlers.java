package io.quarkiverse.openai.batch.deployment;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.PrimitiveType;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;
import org.jboss.jandex.Type.Kind;

import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.jsonl.BatchResult;

/** Reads what methods take of answers: a key and a type, or a list of a record of both. */
final class TypedHandlers {

    private static final DotName LIST = DotName.createSimple(List.class);
    private static final DotName STRING = DotName.createSimple(String.class);
    private static final Set<DotName> NO_ANSWERS = Set.of(DotName.createSimple(BatchResult.class),
            DotName.createSimple(JobName.class), DotName.createSimple(Object.class));
    private static final Set<String> FACTORIES = Set.of("valueOf", "fromString");

    private final IndexView index;

    TypedHandlers(IndexView index) {
        this.index = index;
    }

    /**
     * What a method takes; a primitive type as its wrapper.
     *
     * @param element the record of both, in a list; null if the method takes both themselves
     */
    record Typed(Type key, Type answer, DotName element) {
    }

    /** Empty if a method takes no key and no answer. */
    Optional<Typed> of(MethodInfo method) {
        Optional<Typed> typed = method.parametersCount() > 0 ? ofList(method.parameterType(0)) : Optional.empty();
        return typed.isPresent() || method.parametersCount() < 2 ? typed
                : of(method.parameterType(0), method.parameterType(1), null);
    }

    private Optional<Typed> of(Type first, Type second, DotName element) {
        Type key = boxed(first);
        Type answer = boxed(second);
        return isKey(key) && isAnswer(answer) ? Optional.of(new Typed(key, answer, element)) : Optional.empty();
    }

    private static Type boxed(Type type) {
        return type.kind() == Kind.PRIMITIVE ? PrimitiveType.box(type.asPrimitiveType()) : type;
    }

    private Optional<Typed> ofList(Type type) {
        if (type.kind() != Kind.PARAMETERIZED_TYPE || !type.name().equals(LIST)) {
            return Optional.empty();
        }
        ClassInfo element = index.getClassByName(type.asParameterizedType().arguments().get(0).name());
        if (element == null || !element.isRecord() || element.recordComponentsInDeclarationOrder().size() != 2) {
            return Optional.empty();
        }
        List<RecordComponentInfo> both = element.recordComponentsInDeclarationOrder();
        return of(both.get(0).type(), both.get(1).type(), element.name());
    }

    private static boolean isAnswer(Type type) {
        boolean embedding = type.kind() == Kind.ARRAY && type.name().toString().equals(float[].class.getName());
        return embedding || (type.kind() == Kind.CLASS || type.kind() == Kind.PARAMETERIZED_TYPE)
                && !NO_ANSWERS.contains(type.name());
    }

    private boolean isKey(Type type) {
        if (type.kind() != Kind.CLASS || type.name().equals(STRING)) {
            return type.name().equals(STRING);
        }
        ClassInfo known = index.getClassByName(type.name());
        return known == null ? isKeyOfJava(type.name().toString()) : isMadeOfText(known);
    }

    private static boolean isMadeOfText(ClassInfo type) {
        return type.isEnum() || type.methods().stream().anyMatch(method -> takesText(method)
                && (method.isConstructor() || FACTORIES.contains(method.name())
                        && java.lang.reflect.Modifier.isStatic(method.flags())
                        && method.returnType().name().equals(type.name())));
    }

    private static boolean takesText(MethodInfo method) {
        return method.parametersCount() == 1 && method.parameterType(0).name().equals(STRING);
    }

    /** Such as {@code java.util.UUID} and {@code Long}. */
    private static boolean isKeyOfJava(String name) {
        if (!name.startsWith("java.")) {
            return false;
        }
        try {
            Class<?> type = Class.forName(name);
            Class<?>[] text = { String.class };
            boolean factory = Arrays.stream(type.getMethods()).anyMatch(method -> isFactory(method, text));
            boolean constructor = Arrays.stream(type.getConstructors()).map(Constructor::getParameterTypes)
                    .anyMatch(types -> Arrays.equals(types, text));
            return factory || constructor;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static boolean isFactory(Method method, Class<?>[] text) {
        return FACTORIES.contains(method.getName()) && Arrays.equals(method.getParameterTypes(), text)
                && method.getReturnType() == method.getDeclaringClass();
    }

    /** A type as Jackson reads it. */
    static String canonical(Type type) {
        if (type.kind() == Kind.ARRAY) {
            return type.name().toString();
        }
        if (type.kind() == Kind.PARAMETERIZED_TYPE) {
            return type.name() + "<" + String.join(",",
                    type.asParameterizedType().arguments().stream().map(TypedHandlers::canonical).toList()) + ">";
        }
        return type.name().toString();
    }
}
