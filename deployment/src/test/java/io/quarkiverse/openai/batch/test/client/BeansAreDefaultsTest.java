package io.quarkiverse.openai.batch.test.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.BatchClient;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;
import io.quarkiverse.openai.batch.reactive.ReactiveFileService;
import io.quarkiverse.openai.batch.test.client.support.ContractApplication;
import io.quarkiverse.openai.batch.test.client.support.FaultyServerResource;
import io.quarkus.arc.Arc;
import io.quarkus.arc.impl.Mockable;
import io.quarkus.test.Mock;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.smallrye.mutiny.Uni;

@QuarkusTestResource(FaultyServerResource.class)
class BeansAreDefaultsTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = ContractApplication.of(Own.class)
            .overrideRuntimeConfigKey("quarkus.openai-batch.base-url", "${faulty.url}")
            .overrideConfigKey("quarkus.openai-batch.\"looked-up\".provider", "other")
            .overrideRuntimeConfigKey("quarkus.openai-batch.\"looked-up\".base-url", "${faulty.url}");

    @Inject
    BatchService batches;

    @RestClient
    BatchService restClientBatches;

    @Inject
    @BatchClient("own")
    BatchService ownNamed;

    @RestClient
    FileService restClientFiles;

    @Inject
    ReactiveBatchService reactive;

    @Any
    @Inject
    Instance<BatchService> any;

    @Test
    void aBeanOfTheApplicationTakesThePlaceOfTheDefaultOne() {
        assertThat(batches.retrieveBatch("b").id()).isEqualTo("own default");
    }

    @Test
    void aBeanOfTheApplicationTakesThePlaceOfANamedOne() {
        assertThat(ownNamed.retrieveBatch("b").id()).isEqualTo("own named");
    }

    @Test
    void aMockTakesThePlaceOfTheRestClient() {
        assertThat(restClientBatches.retrieveBatch("b").id()).isEqualTo("own rest client");
    }

    @Test
    void whatIsNotReplacedIsThere() {
        assertThat(restClientFiles.retrieveFile("f").id()).isEqualTo("file-1");
    }

    @Test
    void aBeanCanBeMockedInATest() {
        assertThat(reactive.retrieveBatch("b").await().indefinitely().id()).isEqualTo("batch-1");

        // what QuarkusMock and @InjectMock do
        ((Mockable) reactive).arc$setMock(
                answering(ReactiveBatchService.class, Uni.createFrom().item(Own.batch("mock"))));

        assertThat(reactive.retrieveBatch("b").await().indefinitely().id()).isEqualTo("mock");
    }

    @Test
    void aConfiguredClientCanBeLookedUp() {
        BatchService selected = any.select(BatchClient.Literal.of("looked-up")).get();
        assertThat(selected.retrieveBatch("b").id()).isEqualTo("batch-1");

        for (Class<?> type : List.of(BatchService.class, FileService.class, ReactiveBatchService.class,
                ReactiveFileService.class)) {
            assertThat(Arc.container().select(type, BatchClient.Literal.of("looked-up")).isResolvable()).isTrue();
            assertThat(Arc.container().select(type, RestClient.LITERAL).isResolvable()).isTrue();
            assertThat(Arc.container().select(type).isResolvable()).isTrue();
        }
    }

    @Test
    void anUnknownNameCannotBeLookedUp() {
        assertThat(any.select(BatchClient.Literal.of("unknown")).isUnsatisfied()).isTrue();
        assertThatThrownBy(() -> any.select(BatchClient.Literal.of("unknown")).get());
    }

    private static <T> T answering(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
                (proxy, method, arguments) -> answer));
    }

    static class Own {

        @Produces
        @ApplicationScoped
        BatchService ofDefault() {
            return answering(BatchService.class, batch("own default"));
        }

        @Produces
        @ApplicationScoped
        @BatchClient("own")
        BatchService named() {
            return answering(BatchService.class, batch("own named"));
        }

        @Mock
        @Produces
        @RestClient
        @ApplicationScoped
        BatchService ofRestClient() {
            return answering(BatchService.class, batch("own rest client"));
        }

        static Batch batch(String id) {
            return new Batch(id, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                    null, null, null, null, null, null);
        }
    }
}
