package io.quarkiverse.openai.batch.deployment;

import java.lang.constant.ClassDesc;
import java.lang.reflect.Modifier;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;

import io.quarkiverse.openai.batch.job.JobName;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.arc.processor.BeanInfo;
import io.quarkus.arc.processor.InvokerInfo;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Finds the methods with an annotation for jobs, and reports what is wrong with them as build errors. */
final class JobMethodCheck {

    static final DotName JOB_NAME = DotName.createSimple(JobName.class);

    private final DotName annotation;
    private final BuildProducer<ValidationErrorBuildItem> errors;

    JobMethodCheck(DotName annotation, BuildProducer<ValidationErrorBuildItem> errors) {
        this.annotation = annotation;
        this.errors = errors;
    }

    /** Accepts a method that can be called. */
    interface Consumer {

        void accept(BeanInfo bean, MethodInfo method, String pattern);
    }

    /** Passes each annotated method of a bean to the consumer; reports those that cannot be called. */
    void methods(BeanDiscoveryFinishedBuildItem beans, Consumer consumer) {
        for (BeanInfo bean : beans.beanStream().classBeans()) {
            for (MethodInfo method : bean.getTarget().get().asClass().methods()) {
                AnnotationInstance found = method.declaredAnnotation(annotation);
                if (found != null && isCallable(method) && hasPattern(method, found.value().asString())) {
                    consumer.accept(bean, method, found.value().asString());
                }
            }
        }
    }

    private boolean isCallable(MethodInfo method) {
        if (Modifier.isPrivate(method.flags())) {
            return report(method, "is private, and cannot be called. Make it package-private at least");
        }
        return !Modifier.isStatic(method.flags())
                || report(method, "is static. Make it a method of the bean");
    }

    private boolean hasPattern(MethodInfo method, String pattern) {
        return !pattern.isBlank() || report(method, "has no pattern. Give the name of a job, or * for all");
    }

    /** Always returns false, so that callers can return it. */
    boolean report(MethodInfo method, String problem) {
        errors.produce(new ValidationErrorBuildItem(new ConfigurationException(
                "@%s method %s %s".formatted(annotation.withoutPackagePrefix(), name(method), problem))));
        return false;
    }

    /** The class name of an invoker that the build generates. */
    static String className(InvokerInfo invoker) {
        ClassDesc type = invoker.getClassDesc();
        return type.packageName().isEmpty() ? type.displayName() : type.packageName() + "." + type.displayName();
    }

    static String name(MethodInfo method) {
        return method.declaringClass().name() + "#" + method.name();
    }
}
