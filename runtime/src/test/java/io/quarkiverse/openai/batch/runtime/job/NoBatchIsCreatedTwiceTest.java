package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.batch.NotFoundGrace;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchPage;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.ScriptedCalls.Verb;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.NotFound.What;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

class NoBatchIsCreatedTwiceTest extends RunnerTest {

    /** The process dies: what it would have done next does not happen. */
    private static final class Halted extends Error {

        private static final long serialVersionUID = 1L;
    }

    private boolean halted;

    private void halt() {
        halted = true;
        throw new Halted();
    }

    private void assertCreatedOnce(int batches) {
        assertThat(bench.finish().state()).isEqualTo(JobState.FINISHED);
        assertThat(bench.provider.batches()).hasSize(batches);
        assertThat(bench.report().count(Outcome.SUCCEEDED)).isEqualTo(batches * 3L);
        assertEachLinePaidOnce(batches * 3);
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void ifTheJobIsPausedAndResumedWhileACreateIsUnderWay(boolean before) {
        bench.provider.lag = Duration.ofMinutes(90);
        Runnable pauseAndResume = () -> {
            bench.job().pause();
            bench.job().resume();
        };
        for (int i = 0; i < 3; i++) {
            if (before) {
                bench.provider.before(Verb.CREATE, pauseAndResume);
            } else {
                bench.provider.after(Verb.CREATE, pauseAndResume);
            }
        }
        bench.submit(9);
        assertCreatedOnce(3);
    }

    @Test
    void ifItsRowIsWrittenWhileTheCreateIsUnderWay() {
        bench.provider.lag = Duration.ofMinutes(90);
        bench.provider.after(Verb.CREATE, () -> bench.store().change(RunnerBench.JOB, 1,
                row -> NotFoundGrace.noted(row, What.BATCH, bench.clock.instant())));
        bench.submit(3);
        assertCreatedOnce(1);
    }

    @Test
    void ifTheAnswerIsLostAndTheListingLags() {
        bench.provider.lag = Duration.ofMinutes(9);
        bench.provider.lose(Verb.CREATE, Kind.OPEN);
        bench.submit(3);
        assertCreatedOnce(1);
    }

    @Test
    void ifTheAnswerIsLostAndNothingWasCreatedItIsCreatedAfterTheSettleTime() {
        bench.provider.fail(Verb.CREATE, Kind.OPEN);
        bench.submit(3);
        Instant start = bench.clock.instant();
        assertCreatedOnce(1);
        assertThat(Duration.between(start, bench.clock.instant())).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(13));
    }

    @ParameterizedTest
    @ValueSource(strings = { "PT1H", "PT-1H" })
    void ifTheWallClockIsSetWhileABatchIsLookedFor(Duration jump) {
        bench.provider.lag = Duration.ofMinutes(9);
        bench.provider.lose(Verb.CREATE, Kind.OPEN);
        bench.submit(3);
        bench.until("it was looked for", () -> bench.chunk(1).waiting().absence() != null);
        bench.clock.jump(jump);
        Instant before = bench.clock.ofAnotherMachine().instant();
        assertCreatedOnce(1);
        assertThat(Duration.between(before, bench.clock.ofAnotherMachine().instant())).isLessThan(Duration.ofMinutes(15));
    }

    @Test
    void ifTheWallClockIsSetBetweenTwoProcessesThatLookForABatch() {
        bench.provider.lag = Duration.ofMinutes(9);
        bench.provider.dated = false;
        bench.provider.lose(Verb.CREATE, Kind.OPEN);
        bench.submit(3);
        bench.until("it was looked for", () -> bench.chunk(1).waiting().absence() != null);
        bench.stop();
        bench.clock.jump(Duration.ofHours(1));
        assertCreatedOnce(1);
    }

    @Test
    void ifTheWallClockWasAheadWhenItWasCreatedAndManyHaveBeenCreatedSince() {
        bench.provider.pageSize = 5;
        bench.clock.jump(Duration.ofHours(20));
        bench.provider.lose(Verb.CREATE, Kind.OPEN);
        bench.submit(3);
        bench.until("its create is open", () -> bench.chunk(1).state() == ChunkState.CREATING
                && !bench.provider.batches().isEmpty());
        bench.stop();
        bench.clock.jump(Duration.ofHours(-20));
        bench.clock.advance(Duration.ofHours(1));
        for (int i = 0; i < 12; i++) {
            bench.provider.add("foreign-" + i, bench.clock.ofAnotherMachine().instant());
        }
        bench.until("it is found", () -> bench.chunk(1).state() == ChunkState.WATCHED);
        assertThat(bench.provider.batches()).hasSize(13);
        bench.finish();
        assertEachLinePaidOnce(3);
    }

    @Test
    void ifTheServersClockJumpsWhileABatchIsLookedFor() {
        bench.provider.lag = Duration.ofMinutes(9);
        bench.provider.lose(Verb.CREATE, Kind.OPEN);
        bench.submit(3);
        bench.until("it was looked for", () -> bench.chunk(1).waiting().absence() != null);
        bench.provider.pages = new SkewedPages(bench, Duration.ofHours(1))::page;
        assertCreatedOnce(1);
    }

    private record SkewedPages(RunnerBench bench, Duration ahead) {

        BatchPage page(String cursor) {
            BatchPage page = bench.provider.page(cursor);
            return new BatchPage(page.batches(), page.next(), page.date().plus(ahead));
        }
    }

    @Test
    void ifTheProcessDiesAfterTheCreateAndItsSuccessorLooksWhenTheLeaseHasEnded() {
        bench.provider.after(Verb.CREATE, this::halt);
        bench.submit(3);
        bench.until("it died", () -> halted);
        bench.stop();
        bench.runner();
        long looks = bench.provider.count(Verb.LIST);
        Instant leaseEnd = bench.chunk(1).remote().intent().leaseEnd();
        bench.until("it is found", () -> bench.chunk(1).state() == ChunkState.WATCHED);
        assertThat(bench.clock.instant()).isAfterOrEqualTo(leaseEnd);
        assertThat(bench.provider.count(Verb.LIST)).isGreaterThan(looks);
        assertCreatedOnce(1);
    }

    @Test
    void ifTheLeaseIsUsedUpBeforeTheCallItIsNotSent() {
        bench.storeWrap = store -> slowOnce(store, Duration.ofMinutes(2));
        bench.submit(3);
        bench.until("it has decided to create", () -> bench.chunk(1).remote().intent().number() == 2);
        assertThat(bench.chunk(1).state()).isEqualTo(ChunkState.UPLOADED);
        assertThat(bench.provider.count(Verb.CREATE)).isZero();
        assertCreatedOnce(1);
    }

    /** The process stands still once the decision to create is stored. */
    private JobStore slowOnce(JobStore store, Duration time) {
        return (JobStore) Proxy.newProxyInstance(JobStore.class.getClassLoader(), new Class<?>[] { JobStore.class },
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(store, arguments);
                        if (method.getName().equals("update") && result instanceof ChunkRow chunk
                                && chunk.state() == ChunkState.CREATING && chunk.remote().intent().number() == 2) {
                            bench.clock.advance(time);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void ifAReadingGoesInACircleNothingIsProved() {
        bench.provider.lag = Duration.ofHours(5);
        bench.provider.lose(Verb.CREATE, Kind.OPEN);
        bench.submit(3);
        bench.until("it is open", () -> bench.chunk(1).state() == ChunkState.CREATING
                && !bench.provider.batches().isEmpty());
        bench.provider.pages = cursor -> new BatchPage(List.of(), "again", bench.clock.instant());
        bench.run(Duration.ofHours(5));
        bench.provider.pages = bench.provider::page;
        assertCreatedOnce(1);
    }

    @Test
    void ifABatchOfAWaitingFileIsThereFromBeforeARestoreOfTheStore() {
        bench.settings = bench.settings.withRoom(0, 1, 0);
        bench.submit(6);
        bench.until("the second waits", () -> bench.chunk(2).state() == ChunkState.UPLOADED
                && bench.chunk(1).state() == ChunkState.WATCHED);
        bench.stop();
        bench.provider.add(bench.chunk(2).remote().fileId(), bench.clock.instant());
        bench.stop();
        bench.clock.advance(Duration.ofDays(2));
        assertCreatedOnce(2);
    }

    @Test
    void ifABatchOfAWaitingFileIsThereFromBeforeARestoreUnderARunningProcess() {
        bench.settings = bench.settings.withRoom(0, 1, 0);
        bench.submit(6);
        bench.until("the second waits", () -> bench.chunk(2).state() == ChunkState.UPLOADED
                && bench.chunk(1).state() == ChunkState.WATCHED);
        Instant then = bench.clock.instant();
        bench.run(Duration.ofHours(3));
        bench.provider.add(bench.chunk(2).remote().fileId(), then);
        bench.runner().recheck();
        assertCreatedOnce(2);
    }
}
