package io.quarkiverse.openai.batch.deployment;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.ParameterizedType;
import org.jboss.jandex.Type;
import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.deployment.JobMethodBuildItem.Kind;
import io.quarkiverse.openai.batch.deployment.TypedHandlers.Typed;
import io.quarkiverse.openai.batch.job.OnBatchFailure;
import io.quarkiverse.openai.batch.job.OnBatchResult;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.runtime.job.method.NamePattern;
import io.quarkus.arc.deployment.AutoAddScopeBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.InvokerFactoryBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.arc.processor.BuiltinScope;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.Produce;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.ServiceStartBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveHierarchyBuildItem;
import io.quarkus.deployment.execannotations.ExecutionModelAnnotationsAllowedBuildItem;
import io.smallrye.mutiny.Uni;

/** Finds the methods that take results, and checks them. */
class BatchResultHandlersProcessor {

    private static final Logger LOG = Logger.getLogger(BatchResultHandlersProcessor.class);

    private static final DotName ON_BATCH_RESULT = DotName.createSimple(OnBatchResult.class);
    private static final DotName ON_BATCH_FAILURE = DotName.createSimple(OnBatchFailure.class);
    private static final DotName UNI = DotName.createSimple(Uni.class);

    private static final Type RESULT = ClassType.create(BatchResult.class);
    static final Type RESULTS = ParameterizedType.create(DotName.createSimple(List.class), RESULT);

    @BuildStep
    AutoAddScopeBuildItem scope() {
        return AutoAddScopeBuildItem.builder().containsAnnotations(ON_BATCH_RESULT, ON_BATCH_FAILURE)
                .defaultScope(BuiltinScope.SINGLETON)
                .reason("it has a method with @OnBatchResult or @OnBatchFailure").build();
    }

    @BuildStep
    void beans(BuildProducer<UnremovableBeanBuildItem> beans) {
        beans.produce(UnremovableBeanBuildItem.targetWithAnnotation(ON_BATCH_RESULT));
        beans.produce(UnremovableBeanBuildItem.targetWithAnnotation(ON_BATCH_FAILURE));
    }

    @BuildStep
    ExecutionModelAnnotationsAllowedBuildItem threads() {
        return new ExecutionModelAnnotationsAllowedBuildItem(method -> method.hasDeclaredAnnotation(ON_BATCH_RESULT)
                || method.hasDeclaredAnnotation(ON_BATCH_FAILURE));
    }

    @BuildStep
    void find(BeanDiscoveryFinishedBuildItem beans, InvokerFactoryBuildItem invokers, CombinedIndexBuildItem index,
            BuildProducer<JobMethodBuildItem> handlers, BuildProducer<ValidationErrorBuildItem> errors) {
        TypedHandlers typed = new TypedHandlers(index.getIndex());
        Set<String> known = new HashSet<>();
        for (Kind kind : List.of(Kind.RESULT_HANDLER, Kind.FAILURE_HANDLER)) {
            DotName annotation = kind == Kind.RESULT_HANDLER ? ON_BATCH_RESULT : ON_BATCH_FAILURE;
            JobMethodCheck check = new JobMethodCheck(annotation, errors);
            check.methods(beans, (bean, method, pattern) -> {
                String id = id(method.declaredAnnotation(annotation), method);
                Typed answers = kind == Kind.RESULT_HANDLER ? typed.of(method).orElse(null) : null;
                if (!known.add(id)) {
                    check.report(method, "has the id of another one, \"" + id + "\". Give it an id of its own: @"
                            + annotation.withoutPackagePrefix() + "(id = …)");
                } else if (isHandler(method, answers, kind, check)) {
                    handlers.produce(new JobMethodBuildItem(kind, pattern, id, method, answers,
                            invokers.createInvoker(bean, method).withInstanceLookup().build()));
                }
            });
        }
    }

    private static String id(AnnotationInstance annotation, MethodInfo method) {
        AnnotationValue id = annotation.value("id");
        return id == null || id.asString().isBlank() ? JobMethodCheck.name(method) : id.asString();
    }

    private static boolean isHandler(MethodInfo method, Typed answers, Kind kind, JobMethodCheck check) {
        if (method.returnType().kind() != Type.Kind.VOID && !method.returnType().name().equals(UNI)) {
            return check.report(method, "returns " + method.returnType() + ". Let it return nothing, or a Uni");
        }
        int parameters = method.parametersCount();
        Type first = parameters == 0 ? null : method.parameterType(0);
        if (answers == null && !RESULT.equals(first) && !RESULTS.equals(first)) {
            return check.report(method, "does not take a result. Let its first parameter be a BatchResult, or a List of them"
                    + (kind == Kind.FAILURE_HANDLER ? ""
                            : "; or let it take the custom id and the type of the answer, or a List of a record of both. The id is "
                                    + "a String, or a type with valueOf(String), fromString(String) or a constructor of a String"));
        }
        int ofResult = answers != null && answers.element() == null ? 2 : 1;
        return parameters == ofResult
                || parameters == ofResult + 1 && method.parameterType(ofResult).name().equals(JobMethodCheck.JOB_NAME)
                || check.report(method, "has other parameters than a result and a JobName. Remove them");
    }

    /** Answers are read by a mapper of ours, and keys by reflection. */
    @BuildStep
    void register(List<JobMethodBuildItem> methods, BuildProducer<ReflectiveHierarchyBuildItem> hierarchies,
            BuildProducer<ReflectiveClassBuildItem> classes) {
        methods.stream().map(JobMethodBuildItem::typed).filter(Objects::nonNull).forEach(typed -> {
            hierarchies.produce(ReflectiveHierarchyBuildItem.builder(typed.answer()).source("the answers of batches").build());
            Stream.of(typed.key().name(), typed.element()).filter(Objects::nonNull).map(DotName::toString)
                    .forEach(name -> classes.produce(ReflectiveClassBuildItem.builder(name)
                            .reason("it is made of a custom id").constructors().methods().build()));
        });
    }

    @BuildStep
    @Produce(ServiceStartBuildItem.class)
    void warn(List<JobMethodBuildItem> methods) {
        List<JobMethodBuildItem> others = methods.stream().filter(method -> method.kind() == Kind.FAILURE_HANDLER
                || method.kind() == Kind.RESULT_HANDLER && method.typed() == null).toList();
        methods.stream().filter(method -> method.kind() == Kind.RESULT_HANDLER && method.typed() != null)
                .filter(method -> others.stream()
                        .noneMatch(other -> new NamePattern(other.pattern()).matches(method.pattern())))
                .forEach(method -> LOG.warnf("@OnBatchResult method %s takes answers only, and no method takes the results "
                        + "without one of jobs \"%s\". Add one with @OnBatchFailure(\"%s\")",
                        JobMethodCheck.name(method.method()),
                        method.pattern(), method.pattern()));
    }
}
