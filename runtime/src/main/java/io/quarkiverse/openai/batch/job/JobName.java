package io.quarkiverse.openai.batch.job;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;

/**
 * The name of a job, or a pattern with {@code *} for any characters. Methods with {@link BatchSource} or
 * {@link OnBatchResult} may take the name of their job as a parameter of this type.
 */
@Qualifier
@Documented
@Repeatable(JobName.List.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD, ElementType.TYPE })
public @interface JobName {

    String value();

    /** Several patterns. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD, ElementType.TYPE })
    @interface List {

        JobName[] value();
    }

    /** An instance of the annotation. */
    final class Literal extends AnnotationLiteral<JobName> implements JobName {

        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        public static Literal of(String name) {
            return new Literal(name);
        }

        @Override
        public String value() {
            return value;
        }
    }
}
