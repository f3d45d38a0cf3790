package io.quarkiverse.openai.batch.deployment;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.ParameterizedType;
import org.jboss.jandex.Type;

import io.quarkiverse.openai.batch.deployment.JobMethodBuildItem.Kind;
import io.quarkiverse.openai.batch.job.BatchSource;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkus.arc.deployment.AutoAddScopeBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.InvokerFactoryBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.arc.processor.BuiltinScope;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;

/** Finds the methods that give the lines of jobs, and checks them. */
class BatchSourcesProcessor {

    private static final DotName BATCH_SOURCE = DotName.createSimple(BatchSource.class);

    private static final Type LINES = ParameterizedType.create(DotName.createSimple(Stream.class),
            ClassType.create(BatchRequest.class));

    @BuildStep
    AutoAddScopeBuildItem scope() {
        return AutoAddScopeBuildItem.builder().containsAnnotations(BATCH_SOURCE).defaultScope(BuiltinScope.SINGLETON)
                .reason("it has a method with @BatchSource").build();
    }

    @BuildStep
    UnremovableBeanBuildItem beans() {
        return UnremovableBeanBuildItem.targetWithAnnotation(BATCH_SOURCE);
    }

    @BuildStep
    void find(BeanDiscoveryFinishedBuildItem beans, InvokerFactoryBuildItem invokers,
            BuildProducer<JobMethodBuildItem> sources, BuildProducer<ValidationErrorBuildItem> errors) {
        JobMethodCheck check = new JobMethodCheck(BATCH_SOURCE, errors);
        Map<String, MethodInfo> byPattern = new HashMap<>();
        check.methods(beans, (bean, method, pattern) -> {
            MethodInfo other = byPattern.putIfAbsent(pattern, method);
            if (other != null) {
                check.report(method, "gives the lines of the same jobs as " + JobMethodCheck.name(other)
                        + ". Make their patterns differ");
            } else if (isSource(method, check)) {
                sources.produce(new JobMethodBuildItem(Kind.SOURCE, pattern, JobMethodCheck.name(method), method, null,
                        invokers.createInvoker(bean, method).withInstanceLookup().build()));
            }
        });
    }

    private static boolean isSource(MethodInfo method, JobMethodCheck check) {
        if (!LINES.equals(method.returnType())) {
            return check.report(method, "returns " + method.returnType() + ". Let it return a Stream<BatchRequest>");
        }
        if (method.parametersCount() > 1
                || method.parametersCount() == 1 && !method.parameterType(0).name().equals(JobMethodCheck.JOB_NAME)) {
            return check.report(method, "has other parameters than a JobName. Let it take a JobName, or nothing");
        }
        return true;
    }
}
