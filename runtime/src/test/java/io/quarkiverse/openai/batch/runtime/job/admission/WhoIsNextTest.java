package io.quarkiverse.openai.batch.runtime.job.admission;

import static io.quarkiverse.openai.batch.runtime.job.store.Rows.NOW;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.chunk;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.creating;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.in;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.watched;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.runtime.job.directory.DirectoryJobStore;
import io.quarkiverse.openai.batch.runtime.job.directory.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.JobTerms.Guard;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;
import io.quarkiverse.openai.batch.runtime.job.store.SettableClock;
import io.quarkiverse.openai.batch.runtime.job.store.Trouble;

/** Which of the chunks that wait for room becomes a batch. */
class WhoIsNextTest {

    @TempDir
    Path root;

    private final SettableClock clock = new SettableClock(NOW);
    private final Set<String> unproved = new HashSet<>();
    private JobSettings settings = JobSettings.of(LineLimits.OPENAI).withBatchesPerHour(0);
    private JobDirectory directory;
    private JobStore store;
    private EnqueuedTokens tokens;
    private Admission admission;

    @BeforeEach
    void open() {
        directory = JobDirectory.open(root);
        store = new DirectoryJobStore(directory, Rows.CLOCK);
        tokens = new EnqueuedTokens(store, clock.steady());
        admission = new Admission(store, tokens);
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private void room(int batches, long enqueuedTokens) {
        settings = settings.withRoom(0, batches, enqueuedTokens);
    }

    private void job(String name, int priority, ChunkRow... chunks) {
        job(Rows.job(name, priority, Guard.NONE), chunks);
    }

    private void job(JobRow job, ChunkRow... chunks) {
        store.insert(job);
        for (ChunkRow chunk : chunks) {
            store.insert(chunk);
        }
    }

    private static ChunkRow uploaded(String job, int number, long tokens) {
        return in(ChunkState.UPLOADED, chunk(job, number, 10, "model", tokens));
    }

    private static ChunkRow running(String job, int number, long tokens, Instant createdAt) {
        return watched(chunk(job, number, 10, "model", tokens), "batch-" + job + number, createdAt);
    }

    private Optional<Instant> again() {
        return admission.run("account", clock.instant(), new RecordedDecisions(settings, unproved));
    }

    private List<String> admitted() {
        RecordedDecisions recorded = new RecordedDecisions(settings, unproved);
        admission.run("account", clock.instant(), recorded);
        return recorded.admitted;
    }

    @Test
    void allIfThereIsRoomForAll() {
        room(3, 0);
        job("a", 0, uploaded("a", 1, 10), uploaded("a", 2, 10));
        job("b", 5, uploaded("b", 1, 10));
        assertThat(admitted()).containsExactlyInAnyOrder("a/1", "a/2", "b/1");
    }

    @Test
    void noneIfAllBatchesAreTaken() {
        room(1, 0);
        job("a", 0, running("a", 1, 10, NOW), uploaded("a", 2, 10));
        assertThat(admitted()).isEmpty();
        assertThat(again()).isEmpty();
    }

    @Test
    void theJobOfTheHighestPriorityFirst() {
        room(1, 0);
        job("a", 0, uploaded("a", 1, 10));
        job("b", 5, uploaded("b", 1, 10));
        job("c", -5, uploaded("c", 1, 10));
        assertThat(admitted()).containsExactly("b/1");
    }

    @Test
    void thenTheOneWithTheFewestTokensUnderWay() {
        room(3, 0);
        job("a", 0, running("a", 1, 100, NOW), uploaded("a", 2, 10));
        job("b", 0, running("b", 1, 99, NOW), uploaded("b", 2, 10));
        assertThat(admitted()).containsExactly("b/2");
    }

    @Test
    void thenTheOneThatHadNoBatchForTheLongest() {
        room(1, 0);
        job("a", 0, in(ChunkState.DONE, running("a", 1, 10, NOW.plusSeconds(60))), uploaded("a", 2, 10));
        job("b", 0, in(ChunkState.DONE, running("b", 1, 10, NOW.plusSeconds(59))), uploaded("b", 2, 10));
        assertThat(admitted()).containsExactly("b/2");
    }

    @Test
    void thenByNameAndNumber() {
        room(1, 0);
        job("b", 0, uploaded("b", 1, 10));
        job("a", 0, uploaded("a", 1, 10), uploaded("a", 2, 10));
        assertThat(admitted()).containsExactly("a/1");
    }

    @ParameterizedTest
    @EnumSource(names = { "SPOOLED", "UPLOADING", "UPLOADED", "REFUSED" })
    void aChunkThatIsNotYetUploadedOrWasRefusedKeepsItsPlace(ChunkState state) {
        room(1, 0);
        job("a", 5, in(state, chunk("a", 1, 10, "model", 10)));
        job("b", 0, uploaded("b", 1, 10));
        assertThat(admitted()).doesNotContain("b/1");
    }

    @Test
    void aJobThatIsPausedOrOfAnotherAccountKeepsNone() {
        room(1, 0);
        job(Rows.job("a", 5, Guard.NONE).in(JobState.PAUSED, "why"), in(ChunkState.SPOOLED, chunk("a", 1)));
        job("b", 0, uploaded("b", 1, 10));
        assertThat(admitted()).containsExactly("b/1");
    }

    @Test
    void anotherBatchAnHourAfterTheOldestOfAsManyAsAnHourMayHave() {
        settings = settings.withBatchesPerHour(2);
        job("a", 0, in(ChunkState.DONE, running("a", 1, 10, NOW.minus(Duration.ofMinutes(50)))),
                running("a", 2, 10, NOW.minus(Duration.ofMinutes(20))), uploaded("a", 3, 10));
        assertThat(admitted()).isEmpty();
        assertThat(again()).contains(NOW.plus(Duration.ofMinutes(10)));
        clock.advance(Duration.ofMinutes(10));
        assertThat(admitted()).containsExactly("a/3");
    }

    @Test
    void aBatchThatIsBeingCreatedCountsInTheHour() {
        settings = settings.withBatchesPerHour(1);
        job("a", 0, creating(chunk("a", 1), NOW), uploaded("a", 2, 10));
        assertThat(admitted()).isEmpty();
        assertThat(again()).contains(NOW.plus(Duration.ofHours(1)));
    }

    @Test
    void asManyTokensAsMayBeEnqueuedForAModel() {
        room(1000, 100);
        job("a", 0, running("a", 1, 60, NOW), uploaded("a", 2, 41));
        job("b", 0, in(ChunkState.UPLOADED, chunk("b", 1, 10, "another model", 41)));
        assertThat(admitted()).containsExactly("b/1");
        room(1000, 101);
        assertThat(admitted()).containsExactlyInAnyOrder("a/2", "b/1");
    }

    @Test
    void aChunkThatIsLargerThanTheLimitWhenItIsAlone() {
        room(1000, 100);
        job("a", 0, uploaded("a", 1, 1000));
        assertThat(admitted()).containsExactly("a/1");
    }

    @Test
    void aLimitThatARefusalToldBeatsTheConfiguredOne() {
        room(1000, 1000);
        tokens.refused("account", "model", "Limit: 50 enqueued tokens");
        job("a", 0, running("a", 1, 40, NOW), uploaded("a", 2, 20));
        assertThat(admitted()).isEmpty();
    }

    @Test
    void oneAtATimePastItsValidationIfARefusalToldNoLimit() {
        tokens.refused("account", "model", null);
        job("a", 0, creating(chunk("a", 1, 10, "model", 40), NOW), uploaded("a", 2, 20), uploaded("a", 3, 20));
        assertThat(admitted()).isEmpty();
        ChunkRow first = store.chunk("a", 1).orElseThrow();
        store.update(watched(first, "batch", NOW));
        assertThat(admitted()).containsExactly("a/2");
    }

    @Test
    void aChunkInTroubleIsNoRival() {
        room(1, 0);
        ChunkRow stuck = in(ChunkState.UPLOADING, chunk("a", 1, 10, "model", 10));
        job("a", 5, stuck.with(stuck.waiting().withTrouble(new Trouble(1, NOW, 0, null, "500", NOW, false))));
        job("b", 0, uploaded("b", 1, 10));
        assertThat(admitted()).containsExactly("b/1");
    }

    @Test
    void aChunkThatMayHaveABatchKeepsItsPlaceAndWaits() {
        room(1, 0);
        unproved.add("a/1");
        job("a", 5, uploaded("a", 1, 10));
        job("b", 0, uploaded("b", 1, 10));
        assertThat(admitted()).isEmpty();
    }

    @Test
    void jobsOfOnePriorityTakeTurns() {
        room(4, 0);
        job("a", 0, uploaded("a", 1, 10), uploaded("a", 2, 10), uploaded("a", 3, 10));
        job("b", 0, uploaded("b", 1, 10), uploaded("b", 2, 10), uploaded("b", 3, 10));
        assertThat(admitted()).containsExactly("a/1", "b/1", "a/2", "b/2");
    }

    @Test
    void aRefusedChunkIsRankedAgainWhenItsPauseIsOver() {
        ChunkRow refused = uploaded("a", 1, 10);
        job("a", 0, refused.with(refused.waiting().withRefusal(NOW.plusSeconds(20), false)));
        assertThat(admitted()).isEmpty();
        assertThat(again()).contains(NOW.plusSeconds(20));
        clock.advance(Duration.ofSeconds(20));
        assertThat(admitted()).containsExactly("a/1");
    }

    @Test
    void aLearnedLimitIsTriedAgainAfterADayAndDroppedWhenMoreIsAccepted() {
        tokens.refused("account", "model", "Limit: 50 enqueued tokens");
        job("a", 0, running("a", 1, 40, NOW), uploaded("a", 2, 20));
        assertThat(admitted()).isEmpty();
        clock.advance(Duration.ofDays(1));
        assertThat(admitted()).containsExactly("a/2");
        tokens.refused("account", "model", "Limit: 50 enqueued tokens");
        job("b", 0, running("b", 1, 20, NOW), uploaded("b", 2, 20));
        assertThat(admitted()).contains("b/2");
        assertThat(store.account("account").tokens()).isEmpty();
    }

    @Test
    void whatWasLearnedIsKnownAfterARestart() {
        tokens.refused("account", "model", "Limit: 50 enqueued tokens");
        assertThat(new DirectoryJobStore(directory, Rows.CLOCK).account("account").tokens().get("model").most()).isEqualTo(50);
    }
}
