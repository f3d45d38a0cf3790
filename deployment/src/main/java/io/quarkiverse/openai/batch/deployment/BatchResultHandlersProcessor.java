package io.quarkiverse.openai.batch.deployment;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.ParameterizedType;
import org.jboss.jandex.Type;

import io.quarkiverse.openai.batch.deployment.JobMethodBuildItem.Kind;
import io.quarkiverse.openai.batch.job.OnBatchResult;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkus.arc.deployment.AutoAddScopeBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.InvokerFactoryBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.arc.processor.BuiltinScope;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.execannotations.ExecutionModelAnnotationsAllowedBuildItem;
import io.smallrye.mutiny.Uni;

/** Finds the methods that take results, and checks them. */
class BatchResultHandlersProcessor {

    private static final DotName ON_BATCH_RESULT = DotName.createSimple(OnBatchResult.class);
    private static final DotName UNI = DotName.createSimple(Uni.class);

    private static final Type RESULT = ClassType.create(BatchResult.class);
    static final Type RESULTS = ParameterizedType.create(DotName.createSimple(List.class), RESULT);

    @BuildStep
    AutoAddScopeBuildItem scope() {
        return AutoAddScopeBuildItem.builder().containsAnnotations(ON_BATCH_RESULT).defaultScope(BuiltinScope.SINGLETON)
                .reason("it has a method with @OnBatchResult").build();
    }

    @BuildStep
    UnremovableBeanBuildItem beans() {
        return UnremovableBeanBuildItem.targetWithAnnotation(ON_BATCH_RESULT);
    }

    @BuildStep
    ExecutionModelAnnotationsAllowedBuildItem threads() {
        return new ExecutionModelAnnotationsAllowedBuildItem(method -> method.hasDeclaredAnnotation(ON_BATCH_RESULT));
    }

    @BuildStep
    void find(BeanDiscoveryFinishedBuildItem beans, InvokerFactoryBuildItem invokers,
            BuildProducer<JobMethodBuildItem> handlers, BuildProducer<ValidationErrorBuildItem> errors) {
        JobMethodCheck check = new JobMethodCheck(ON_BATCH_RESULT, errors);
        Set<String> known = new HashSet<>();
        check.methods(beans, (bean, method, pattern) -> {
            String id = id(method);
            if (!known.add(id)) {
                check.report(method,
                        "has the id of another one, \"" + id + "\". Give it an id of its own: @OnBatchResult(id = …)");
            } else if (isHandler(method, check)) {
                handlers.produce(new JobMethodBuildItem(Kind.RESULT_HANDLER, pattern, id, method,
                        invokers.createInvoker(bean, method).withInstanceLookup().build()));
            }
        });
    }

    private static String id(MethodInfo method) {
        AnnotationValue id = method.declaredAnnotation(ON_BATCH_RESULT).value("id");
        return id == null || id.asString().isBlank() ? JobMethodCheck.name(method) : id.asString();
    }

    private static boolean isHandler(MethodInfo method, JobMethodCheck check) {
        if (method.returnType().kind() != Type.Kind.VOID && !method.returnType().name().equals(UNI)) {
            return check.report(method, "returns " + method.returnType() + ". Let it return nothing, or a Uni");
        }
        int parameters = method.parametersCount();
        Type first = parameters == 0 ? null : method.parameterType(0);
        if (!RESULT.equals(first) && !RESULTS.equals(first)) {
            return check.report(method, "does not take a result. Let its first parameter be a BatchResult, or a List of them");
        }
        return parameters == 1 || parameters == 2 && method.parameterType(1).name().equals(JobMethodCheck.JOB_NAME)
                || check.report(method, "has other parameters than a result and a JobName. Remove them");
    }
}
