package io.quarkiverse.openai.batch.test.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;
import io.quarkiverse.openai.batch.reactive.ReactiveFileService;
import io.quarkiverse.openai.batch.test.client.support.ContractApplication;
import io.quarkiverse.openai.batch.test.client.support.FaultyRun;
import io.quarkiverse.openai.batch.test.client.support.FaultyServerResource;
import io.quarkiverse.openai.batch.test.client.support.Subject;
import io.quarkiverse.openai.batch.test.client.support.Subjects;
import io.quarkiverse.openai.batch.test.client.support.TempFile;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.core.Vertx;

@QuarkusTestResource(FaultyServerResource.class)
class ACallThatIsGivenUpTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = ContractApplication.at("${faulty.url}/v1")
            .overrideRuntimeConfigKey("quarkus.rest-client.openai-batch.connection-pool-size", "1");

    @Inject
    Subjects subjects;

    @Inject
    ReactiveBatchService batches;

    @Inject
    ReactiveFileService files;

    @Inject
    Vertx vertx;

    @ConfigProperty(name = "faulty.url")
    String url;

    private FaultyRun run;

    @BeforeEach
    void newRun() {
        run = FaultyRun.at(url);
    }

    @ParameterizedTest
    @ValueSource(strings = { "hold", "stall", "stall-error", "endless" })
    void cancellingTheUniResetsTheRequest(String fault) {
        Cancellable call = batches.with(run.always(fault)).retrieveBatch("b").subscribe().with(batch -> {
        });
        run.awaitRequest();

        call.cancel();

        assertThat(run.isReset()).isTrue();
        assertThat(run.requests()).isEqualTo(1);
    }

    @Test
    void cancellingAnUploadResetsIt() {
        Path file = TempFile.of("lines.jsonl", "x".repeat(50_000_000));
        Cancellable call = files.with(run.always("slow-before-body")).uploadFile(file).subscribe().with(uploaded -> {
        });
        run.awaitRequest();

        call.cancel();

        assertThat(run.isReset()).isTrue();
    }

    @Test
    void cancellingBetweenTwoAttemptsEndsTheCall() {
        RetryOptions slow = RetryOptions.backoff().withIntervals(Duration.ofMillis(500), Duration.ofSeconds(1));
        CountDownLatch failed = new CountDownLatch(1);
        Cancellable call = batches.with(run.always("empty").withRetry(slow)).retrieveBatch("b").onFailure()
                .invoke(failed::countDown).subscribe().with(batch -> {
                });
        run.awaitRequest();

        call.cancel();

        assertThat(subjects.of(Subject.BUILT).with(FaultyRun.at(url).always("slow")).batches().retrieveBatch("b")).isNotNull();
        assertThat(batches.retrieveBatch("b").await().atMost(Duration.ofSeconds(20))).isNotNull();
        assertThat(run.requests()).isEqualTo(1);
        assertThat(failed.getCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "hold", "stall", "stall-error", "endless" })
    void anInterruptResetsTheRequest(String fault) throws Exception {
        for (String name : List.of(Subject.REST_CLIENT, Subject.NAMED, Subject.BUILT)) {
            newRun();
            BatchService client = subjects.of(name).with(run.always(fault)).batches();
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread caller = new Thread(() -> {
                try {
                    client.retrieveBatch("b");
                } catch (Throwable e) {
                    interrupted.complete(Thread.currentThread().isInterrupted());
                    thrown.complete(e);
                }
            });
            caller.start();
            run.awaitRequest();

            caller.interrupt();

            assertThat(thrown.get(20, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
            assertThat(interrupted.get()).isTrue();
            assertThat(run.isReset()).isTrue();
            assertThat(run.requests()).isEqualTo(1);
        }
    }

    @Test
    void whatIsGivenUpWhileItWaitsForAConnectionIsNeverSentAndTakesNone() throws Exception {
        FaultyRun waiting = FaultyRun.at(url);
        Cancellable holder = batches.with(run.always("hold")).retrieveBatch("b").subscribe().with(batch -> {
        });
        run.awaitRequest();
        CompletableFuture<?> timedOut = batches.with(waiting.always("none").withTimeout(Duration.ofSeconds(1))
                .withRetry(RetryOptions.none())).createBatch(CreateBatchRequest.of("f", Endpoint.RESPONSES))
                .subscribeAsCompletionStage();
        Cancellable cancelled = batches.with(waiting.always("none")).retrieveBatch("b").subscribe().with(batch -> {
        });
        cancelled.cancel();
        assertThatThrownBy(timedOut::get).isInstanceOf(ExecutionException.class).cause()
                .isExactlyInstanceOf(BatchApiException.class).hasMessageContaining("no answer within 1000 ms");

        holder.cancel();

        assertThat(run.isReset()).isTrue();
        for (int i = 0; i < 3; i++) {
            assertThat(batches.retrieveBatch("b").await().atMost(Duration.ofSeconds(20)).id()).isEqualTo("batch-1");
        }
        assertThat(waiting.requests()).isZero();
    }

    @Test
    void aBlockingCallOnAnEventLoopIsRefused() throws Exception {
        for (String name : List.of(Subject.REST_CLIENT, Subject.BUILT)) {
            Subject client = subjects.of(name);
            for (Function<Subject, Object> call : List.<Function<Subject, Object>> of(
                    it -> it.batches().retrieveBatch("b"), it -> it.files().listFiles(null, null, null),
                    it -> it.batches().listAllBatches().toList())) {
                assertThatThrownBy(() -> onEventLoop(() -> call.apply(client)).get()).rootCause()
                        .isInstanceOf(IllegalStateException.class).hasMessageContaining("use its reactive twin");
            }
        }
    }

    @Test
    void aReactiveCallOnAnEventLoopGoesOnThere() throws Exception {
        Uni<Thread> thread = batches.retrieveBatch("b").map(batch -> Thread.currentThread());

        CompletableFuture<Thread> result = new CompletableFuture<>();
        vertx.runOnContext(ignored -> thread.subscribe().with(result::complete, result::completeExceptionally));

        assertThat(result.get(20, TimeUnit.SECONDS).getName()).contains("eventloop");
    }

    @Test
    void aClosedClientRefusesItsCalls() {
        OpenAiBatch client = OpenAiBatch.builder().baseUrl(url).apiKey("k").build();
        assertThat(client.batches().retrieveBatch("b")).isNotNull();

        client.close();

        assertThatThrownBy(() -> client.batches().retrieveBatch("b")).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        client.close();
    }

    @Test
    void closingAClientEndsTheCallsUnderWay() throws Exception {
        OpenAiBatch client = OpenAiBatch.builder().baseUrl(url).apiKey("k").build();
        CompletableFuture<?> call = client.reactiveBatches()
                .with(run.always("hold").withRetry(RetryOptions.none())).retrieveBatch("b").subscribeAsCompletionStage();
        run.awaitRequest();

        client.close();

        assertThatThrownBy(() -> call.get(20, TimeUnit.SECONDS)).cause().isInstanceOf(BatchApiException.class);
        assertThat(run.isReset()).isTrue();
    }

    private CompletableFuture<Object> onEventLoop(Supplier<Object> call) {
        CompletableFuture<Object> result = new CompletableFuture<>();
        vertx.runOnContext(ignored -> {
            try {
                result.complete(call.get());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
