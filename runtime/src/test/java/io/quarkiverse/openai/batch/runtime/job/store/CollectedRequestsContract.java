package io.quarkiverse.openai.batch.runtime.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Collector;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Entry;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Waiting;

/** Tests that the {@link CollectedRequests} of every {@link JobStore} must pass. */
public abstract class CollectedRequestsContract {

    protected static final Collector REVIEWS = new Collector("reviews / \u00e9", "<default>", "/v1/chat/completions");
    private static final long MANY = 1_000_000;

    /** The same store, opened again. */
    protected abstract JobStore reopened();

    protected abstract JobStore store();

    private CollectedRequests requests() {
        return store().collected();
    }

    protected static Entry entry(String customId, String line) {
        return entry(customId, line, Rows.NOW);
    }

    private static Entry entry(String customId, String line, Instant at) {
        return new Entry(customId, line.getBytes(StandardCharsets.UTF_8), Integer.toHexString(line.hashCode()), at);
    }

    private boolean add(String customId) {
        return requests().add(REVIEWS, entry(customId, "{\"of\":\"" + customId + "\"}"), true);
    }

    private static List<String> lines(CollectedRequests requests, String job) {
        try (Stream<byte[]> lines = requests.lines(job)) {
            return lines.map(line -> new String(line, StandardCharsets.UTF_8)).toList();
        }
    }

    @Test
    void whatWasAddedWaitsAlsoAfterAReopening() {
        add("a");
        requests().add(REVIEWS, entry("\u00fc \n b", "{\"t\":\"\u20ac\\t \"}", Rows.NOW.plusSeconds(1)), true);
        for (CollectedRequests requests : List.of(requests(), reopened().collected())) {
            Waiting waiting = requests.waiting(REVIEWS, MANY);
            assertThat(waiting.lines()).isEqualTo(2);
            assertThat(waiting.bytes()).isEqualTo(10 + 14);
            assertThat(waiting.oldest().truncatedTo(ChronoUnit.MILLIS)).isEqualTo(Rows.NOW.truncatedTo(ChronoUnit.MILLIS));
            assertThat(requests.open()).containsExactly(REVIEWS);
        }
    }

    @Test
    void nothingWaitsWhereNothingWasAdded() {
        assertThat(requests().waiting(REVIEWS, MANY)).isEqualTo(Waiting.NOTHING);
        assertThat(requests().claim(REVIEWS, "job", MANY, MANY)).isFalse();
        assertThat(requests().open()).isEmpty();
        assertThat(requests().has("job")).isFalse();
    }

    @Test
    void theSameRequestIsAddedOnceAlsoWhenItIsInAJob() {
        assertThat(add("a")).isTrue();
        assertThat(add("a")).isFalse();
        requests().claim(REVIEWS, "job", MANY, MANY);
        assertThat(add("a")).isFalse();
        requests().wereRead("job");
        assertThat(add("a")).isFalse();
        CollectedRequests reopened = reopened().collected();
        assertThat(reopened.add(REVIEWS, entry("a", "{\"of\":\"a\"}"), true)).isFalse();
        assertThat(reopened.waiting(REVIEWS, MANY)).isEqualTo(Waiting.NOTHING);
    }

    @Test
    void anotherRequestOfTheSameIdIsRefused() {
        add("a");
        for (int n = 0; n < 3; n++) {
            assertThatThrownBy(() -> requests().add(REVIEWS, entry("a", "{}"), true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has another request of the custom id a");
            requests().claim(REVIEWS, "job", MANY, MANY);
            requests().wereRead("job");
        }
    }

    @Test
    void collectorsOfAnotherNameClientOrEndpointAreOthers() {
        add("a");
        for (Collector other : List.of(new Collector("other", REVIEWS.client(), REVIEWS.endpoint()),
                new Collector(REVIEWS.name(), "groq", REVIEWS.endpoint()),
                new Collector(REVIEWS.name(), REVIEWS.client(), "/v1/embeddings"))) {
            assertThat(requests().waiting(other, MANY)).isEqualTo(Waiting.NOTHING);
            assertThat(requests().add(other, entry("a", "{\"another\":1}"), true)).isTrue();
        }
        assertThat(requests().open()).hasSize(4);
        requests().claim(REVIEWS, "job", MANY, MANY);
        assertThat(lines(requests(), "job")).containsExactly("{\"of\":\"a\"}");
    }

    @Test
    void aJobHasWhatItClaimedInTheOrderOfAddingAlsoAfterAReopening() {
        List<String> expected = IntStream.range(0, 2_500).mapToObj(n -> "{\"of\":\"id-" + n + "\"}").toList();
        IntStream.range(0, 2_500).forEach(n -> add("id-" + n));
        assertThat(requests().claim(REVIEWS, "job", MANY, MANY)).isTrue();
        add("later");
        assertThat(lines(requests(), "job")).isEqualTo(expected);
        assertThat(requests().unread(REVIEWS)).containsExactly("job");
        CollectedRequests reopened = reopened().collected();
        assertThat(lines(reopened, "job")).isEqualTo(expected);
        assertThat(reopened.has("job")).isTrue();
        assertThat(reopened.waiting(REVIEWS, MANY).lines()).isEqualTo(1);
        assertThat(reopened.jobs(REVIEWS, List.of("id-0", "id-2499", "later", "unknown")))
                .containsOnlyKeys("id-0", "id-2499").containsValue("job");
    }

    @Test
    void linesGoOnceTheyWereRead() {
        add("a");
        requests().claim(REVIEWS, "job", MANY, MANY);
        requests().wereRead("job");
        requests().wereRead("job");
        for (CollectedRequests requests : List.of(requests(), reopened().collected())) {
            assertThat(requests.has("job")).isFalse();
            assertThat(requests.unread(REVIEWS)).isEmpty();
            assertThat(requests.open()).isEmpty();
            assertThat(lines(requests, "job")).isEmpty();
            assertThat(requests.jobs(REVIEWS, List.of("a"))).containsEntry("a", "job");
        }
    }

    @Test
    void idsAreFreeOnceTheirJobIsDeleted() {
        add("a");
        requests().claim(REVIEWS, "job", MANY, MANY);
        store().insert(Rows.job("job"));
        add("b");
        requests().claim(REVIEWS, "other", MANY, MANY);
        requests().wereRead("job");
        JobRow ended = store().change("job", row -> row.withSpooled().in(JobState.FINISHED, null));
        store().delete(ended);
        assertThat(requests().jobs(REVIEWS, List.of("a", "b"))).containsOnlyKeys("b");
        assertThat(requests().add(REVIEWS, entry("a", "{\"other\":true}"), true)).isTrue();
        assertThat(reopened().collected().jobs(REVIEWS, List.of("a", "b"))).containsOnlyKeys("b");
    }

    @Test
    void manyAtOnceAreEachAddedAndClaimedOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> adds = new ArrayList<>(IntStream.range(0, 200)
                    .<Callable<Boolean>> mapToObj(n -> () -> add("id-" + n % 100)).toList());
            IntStream.range(0, 8).forEach(n -> adds.add(n * 20, () -> requests().claim(REVIEWS, "job-" + n, 30, MANY)));
            List<Boolean> added = new ArrayList<>();
            for (Future<Boolean> one : threads.invokeAll(adds)) {
                added.add(one.get());
            }
            List<String> claimed = new ArrayList<>();
            for (int n = 0; n < 8; n++) {
                claimed.addAll(lines(requests(), "job-" + n));
            }
            while (requests().claim(REVIEWS, "rest", 1_000, MANY)) {
                // until nothing waits
            }
            claimed.addAll(lines(requests(), "rest"));
            assertThat(claimed).doesNotHaveDuplicates().hasSize(100);
        } finally {
            threads.shutdownNow();
        }
    }
}
