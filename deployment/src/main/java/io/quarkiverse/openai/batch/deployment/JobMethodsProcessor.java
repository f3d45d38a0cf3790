package io.quarkiverse.openai.batch.deployment;

import java.util.List;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.Type;

import io.quarkiverse.openai.batch.deployment.JobMethodBuildItem.Kind;
import io.quarkiverse.openai.batch.deployment.TypedHandlers.Typed;
import io.quarkiverse.openai.batch.job.OnBatchFailure;
import io.quarkiverse.openai.batch.job.OnBatchResult;
import io.quarkiverse.openai.batch.runtime.job.method.CheckMethod;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod.Outcomes;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethodsRecorder;
import io.quarkiverse.openai.batch.runtime.job.method.SourceMethod;
import io.quarkiverse.openai.batch.runtime.job.method.TypedArguments;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.recording.RecorderContext;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Makes the application's methods for jobs known to the runner. */
class JobMethodsProcessor {

    private static final DotName ON_VIRTUAL_THREAD = DotName.createSimple(RunOnVirtualThread.class);

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    SyntheticBeanBuildItem methods(JobMethodsRecorder recorder, List<JobMethodBuildItem> methods,
            BeanDiscoveryFinishedBuildItem beans, RecorderContext context) {
        List<SourceMethod> sourceMethods = of(Kind.SOURCE, methods).map(source -> source(source, context)).toList();
        List<HandlerMethod> handlerMethods = Stream.of(Kind.RESULT_HANDLER, Kind.FAILURE_HANDLER)
                .flatMap(kind -> of(kind, methods)).map(handler -> handler(handler, context)).toList();
        List<CheckMethod> checkMethods = of(Kind.CHECK, methods).map(check -> check(check, context)).toList();
        return SyntheticBeanBuildItem.configure(JobMethods.class).scope(Singleton.class).unremovable()
                .runtimeValue(recorder.methods(sourceMethods, handlerMethods, checkMethods, patterns(beans))).done();
    }

    private static Stream<JobMethodBuildItem> of(Kind kind, List<JobMethodBuildItem> methods) {
        return methods.stream().filter(method -> method.kind() == kind);
    }

    /** An event has the qualifiers of the observers that it is for; so their patterns must be known. */
    private static List<String> patterns(BeanDiscoveryFinishedBuildItem beans) {
        return beans.getObservers().stream().flatMap(observer -> observer.getQualifiers().stream())
                .filter(qualifier -> qualifier.name().equals(JobMethodCheck.JOB_NAME))
                .map(qualifier -> qualifier.value().asString()).distinct().sorted().toList();
    }

    private static SourceMethod source(JobMethodBuildItem source, RecorderContext context) {
        return new SourceMethod(source.pattern(), source.id(),
                source.method().parametersCount() == 1,
                context.newInstance(JobMethodCheck.className(source.invoker())));
    }

    private static boolean takesList(JobMethodBuildItem handler) {
        return handler.typed() == null ? handler.method().parameterType(0).equals(BatchResultHandlersProcessor.RESULTS)
                : handler.typed().element() != null;
    }

    private static boolean isTransactional(JobMethodBuildItem handler) {
        Class<?> annotation = handler.kind() == Kind.RESULT_HANDLER ? OnBatchResult.class : OnBatchFailure.class;
        AnnotationValue transaction = handler.method().declaredAnnotation(DotName.createSimple(annotation))
                .value("transaction");
        return takesList(handler) && handler.method().returnType().kind() == Type.Kind.VOID
                && (transaction == null || transaction.asEnum().equals(OnBatchResult.Transaction.REQUIRED.name()));
    }

    private static HandlerMethod handler(JobMethodBuildItem handler, RecorderContext context) {
        MethodInfo method = handler.method();
        boolean onVirtualThread = method.hasDeclaredAnnotation(ON_VIRTUAL_THREAD)
                || method.declaringClass().hasDeclaredAnnotation(ON_VIRTUAL_THREAD);
        Outcomes outcomes = handler.kind() == Kind.FAILURE_HANDLER ? Outcomes.OTHERS
                : handler.typed() == null ? Outcomes.ALL : Outcomes.SUCCEEDED;
        return new HandlerMethod(handler.pattern(), handler.id(), outcomes, typed(handler),
                takesList(handler), takesName(method), onVirtualThread, isTransactional(handler),
                context.newInstance(JobMethodCheck.className(handler.invoker())));
    }

    private static boolean takesName(MethodInfo method) {
        return method.parameterTypes().stream().anyMatch(type -> type.name().equals(JobMethodCheck.JOB_NAME));
    }

    /** Null if the method takes the result itself. */
    private static TypedArguments typed(JobMethodBuildItem method) {
        Typed typed = method.typed();
        return typed == null ? null
                : new TypedArguments(typed.key().name().toString(), TypedHandlers.canonical(typed.answer()),
                        typed.element() == null ? null : typed.element().toString());
    }

    private static CheckMethod check(JobMethodBuildItem check, RecorderContext context) {
        return new CheckMethod(check.pattern(), check.id(), typed(check), takesName(check.method()),
                context.newInstance(JobMethodCheck.className(check.invoker())));
    }
}
