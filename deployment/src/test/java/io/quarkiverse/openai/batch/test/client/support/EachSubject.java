package io.quarkiverse.openai.batch.test.client.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test that is run for every way to a client; its argument is a name for {@link Subjects#of}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@ValueSource(strings = { Subject.REST_CLIENT, Subject.DEFAULT, Subject.NAMED, Subject.BUILT, Subject.REACTIVE,
        Subject.NAMED_REACTIVE, Subject.BUILT_REACTIVE })
public @interface EachSubject {
}
