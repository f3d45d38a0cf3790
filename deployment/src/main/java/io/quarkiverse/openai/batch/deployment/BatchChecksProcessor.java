package io.quarkiverse.openai.batch.deployment;

import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.PrimitiveType;
import org.jboss.jandex.Type;

import io.quarkiverse.openai.batch.deployment.JobMethodBuildItem.Kind;
import io.quarkiverse.openai.batch.deployment.TypedHandlers.Typed;
import io.quarkiverse.openai.batch.job.BatchCheck;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkus.arc.deployment.AutoAddScopeBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.InvokerFactoryBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.arc.processor.BuiltinScope;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;

/** Finds the methods that tell whether answers are valid, and checks them. */
class BatchChecksProcessor {

    private static final DotName BATCH_CHECK = DotName.createSimple(BatchCheck.class);

    private static final Type RESULT = ClassType.create(BatchResult.class);
    private static final Type TEXT = ClassType.create(String.class);

    @BuildStep
    AutoAddScopeBuildItem scope() {
        return AutoAddScopeBuildItem.builder().containsAnnotations(BATCH_CHECK).defaultScope(BuiltinScope.SINGLETON)
                .reason("it has a method with @BatchCheck").build();
    }

    @BuildStep
    UnremovableBeanBuildItem beans() {
        return UnremovableBeanBuildItem.targetWithAnnotation(BATCH_CHECK);
    }

    @BuildStep
    void find(BeanDiscoveryFinishedBuildItem beans, InvokerFactoryBuildItem invokers, CombinedIndexBuildItem index,
            BuildProducer<JobMethodBuildItem> checks, BuildProducer<ValidationErrorBuildItem> errors) {
        TypedHandlers typed = new TypedHandlers(index.getIndex());
        JobMethodCheck check = new JobMethodCheck(BATCH_CHECK, errors);
        check.methods(beans, (bean, method, pattern) -> {
            Typed answer = typed.of(method).filter(of -> of.element() == null).orElse(null);
            if (isCheck(method, answer, check)) {
                checks.produce(new JobMethodBuildItem(Kind.CHECK, pattern, JobMethodCheck.name(method), method, answer,
                        invokers.createInvoker(bean, method).withInstanceLookup().build()));
            }
        });
    }

    private static boolean isCheck(MethodInfo method, Typed answer, JobMethodCheck check) {
        if (!method.returnType().equals(PrimitiveType.BOOLEAN) && !method.returnType().equals(TEXT)) {
            return check.report(method, "returns " + method.returnType()
                    + ". Let it return whether the answer is valid, or a String that says what is wrong");
        }
        int parameters = method.parametersCount();
        if (answer == null && (parameters == 0 || !RESULT.equals(method.parameterType(0)))) {
            return check.report(method,
                    "does not take a result. Let its first parameter be a BatchResult, or let it take the custom id and the type "
                            + "of the answer");
        }
        int ofResult = answer == null ? 1 : 2;
        return parameters == ofResult
                || parameters == ofResult + 1 && method.parameterType(ofResult).name().equals(JobMethodCheck.JOB_NAME)
                || check.report(method, "has other parameters than a result and a JobName. Remove them");
    }
}
