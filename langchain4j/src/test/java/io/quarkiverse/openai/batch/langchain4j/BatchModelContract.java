package io.quarkiverse.openai.batch.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.langchain4j.model.batch.BatchItemResult;
import dev.langchain4j.model.batch.BatchPage;
import dev.langchain4j.model.batch.BatchResponse;
import dev.langchain4j.model.batch.BatchState;

/**
 * What the documentation of langchain4j says of the methods of a batch model. Time stands still at the provider, unless a test
 * lets it pass.
 *
 * @param <Q> the type of requests
 * @param <A> the type of answers
 */
abstract class BatchModelContract<Q, A> {

    static final String UNKNOWN = "a-batch-that-nobody-submitted";

    abstract BatchModel<Q, A> model();

    abstract Q request(String text);

    /** What an answer has of its request. */
    abstract Object content(A answer);

    /** The provider continues for a while, which is too short for all of a thousand requests. */
    abstract void letTimePass();

    /** Requests of batches from now on that fail, by position, counted from 0. */
    abstract void letFail(Set<Integer> positions);

    List<Q> requests(int number) {
        return IntStream.range(0, number).mapToObj(i -> request("text number " + i)).toList();
    }

    BatchResponse<A> ended(String batchId) {
        await("the end of " + batchId).atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(50)).until(() -> {
            letTimePass();
            return model().retrieve(batchId).state().isTerminal();
        });
        return model().retrieve(batchId);
    }

    List<Object> contents(BatchResponse<A> response) {
        return response.responses().stream().map(this::content).toList();
    }

    @Test
    void submitReturnsTheInitialStateWithoutResults() {
        BatchResponse<A> response = model().submit(requests(3));
        assertThat(response.batchId()).isNotBlank();
        assertThat(response.state()).isIn(BatchState.PENDING, BatchState.RUNNING);
        assertThat(response.results()).isEmpty();
    }

    @Test
    void submitRefusesAnEmptyList() {
        assertThatThrownBy(() -> model().submit(List.of())).isInstanceOf(RuntimeException.class)
                .hasMessageContaining("request");
        assertThat(model().list(null).batches()).isEmpty();
    }

    @Test
    void eachSubmissionIsABatchOfItsOwn() {
        List<Q> requests = requests(2);
        assertThat(model().submit(requests).batchId()).isNotEqualTo(model().submit(requests).batchId());
    }

    @Test
    void retrieveReturnsTheStateAndNoResultsBeforeTheEnd() {
        String batchId = model().submit(requests(3)).batchId();
        BatchResponse<A> response = model().retrieve(batchId);
        assertThat(response.batchId()).isEqualTo(batchId);
        assertThat(response.state().isTerminal()).isFalse();
        assertThat(response.results()).isEmpty();
        assertThat(response.responses()).isEmpty();
        assertThat(response.errors()).isEmpty();
    }

    @Test
    void retrieveReturnsTheResultsAfterTheEnd() {
        BatchResponse<A> response = ended(model().submit(requests(3)).batchId());
        assertThat(response.state()).isEqualTo(BatchState.SUCCEEDED);
        assertThat(response.results()).hasSize(3).allMatch(BatchItemResult::isSuccess);
        assertThat(response.responses()).hasSize(3);
        assertThat(response.errors()).isEmpty();
        assertThat(contents(model().retrieve(response.batchId()))).isEqualTo(contents(response));
    }

    @Test
    void resultsAreInTheOrderOfAThousandRequests() {
        List<Q> requests = requests(1_000);
        List<Q> reversed = new ArrayList<>(requests);
        Collections.reverse(reversed);

        List<Object> forward = new ArrayList<>(contents(ended(model().submit(requests).batchId())));
        List<Object> backward = contents(ended(model().submit(reversed).batchId()));

        assertThat(forward).hasSize(1_000).doesNotHaveDuplicates();
        Collections.reverse(forward);
        assertThat(backward).isEqualTo(forward);
    }

    @Test
    void aRequestThatFailsIsAFailureInItsPlace() {
        letFail(Set.of(1, 3));
        BatchResponse<A> response = ended(model().submit(requests(5)).batchId());
        assertThat(response.state()).isEqualTo(BatchState.SUCCEEDED);
        assertThat(response.results()).extracting(BatchItemResult::isSuccess).containsExactly(true, false, true, false, true);
        assertThat(response.responses()).hasSize(3);
        assertThat(response.errors()).hasSize(2).allSatisfy(error -> assertThat(error.message()).isNotBlank());
    }

    @Test
    void retrieveRefusesAnIdThatIsUnknownAndNamesIt() {
        assertThatThrownBy(() -> model().retrieve(UNKNOWN)).hasMessageContaining(UNKNOWN);
    }

    @Test
    void cancelEndsABatchWithTheAnswersUntilThen() {
        String batchId = model().submit(requests(1_000)).batchId();
        await("the batch at the provider").until(() -> model().retrieve(batchId).state() == BatchState.RUNNING);
        letTimePass();
        model().cancel(batchId);
        BatchResponse<A> response = ended(batchId);
        assertThat(response.state()).isEqualTo(BatchState.CANCELLED);
        assertThat(response.results()).hasSize(1_000);
        assertThat(response.responses()).isNotEmpty();
        assertThat(response.errors()).isNotEmpty();
    }

    @Test
    void cancelLeavesABatchThatHasEndedAsItIs() {
        String batchId = ended(model().submit(requests(1)).batchId()).batchId();
        model().cancel(batchId);
        assertThat(model().retrieve(batchId).state()).isEqualTo(BatchState.SUCCEEDED);
        assertThat(model().retrieve(batchId).responses()).hasSize(1);
    }

    @Test
    void cancelRefusesAnIdThatIsUnknownAndNamesIt() {
        assertThatThrownBy(() -> model().cancel(UNKNOWN)).hasMessageContaining(UNKNOWN);
    }

    @Test
    void listReturnsAllBatchesWithTheirStates() {
        String ended = ended(model().submit(requests(1)).batchId()).batchId();
        String running = model().submit(requests(1)).batchId();
        BatchPage<A> page = model().list(null);
        assertThat(page.batches()).extracting(BatchResponse::batchId).containsExactlyInAnyOrder(ended, running);
        assertThat(page.batches()).filteredOn(batch -> batch.batchId().equals(ended)).extracting(BatchResponse::state)
                .containsExactly(BatchState.SUCCEEDED);
        assertThat(page.batches()).filteredOn(batch -> batch.state().isTerminal()).hasSize(1);
        assertThat(page.nextPageToken()).isNull();
    }

    @Test
    void listReturnsEachBatchOnOnePage() {
        List<String> submitted = Stream.generate(() -> model().submit(requests(1)).batchId()).limit(5).toList();
        BatchPage<A> first = model().list(2, null);
        BatchPage<A> second = model().list(2, first.nextPageToken());
        BatchPage<A> last = model().list(2, second.nextPageToken());
        assertThat(List.of(first, second, last)).extracting(page -> page.batches().size()).containsExactly(2, 2, 1);
        assertThat(Stream.of(first, second, last).flatMap(page -> page.batches().stream()))
                .extracting(BatchResponse::batchId).containsExactlyInAnyOrderElementsOf(submitted);
        assertThat(last.nextPageToken()).isNull();
    }

    @Test
    void aPageTokenMeansTheSamePageWhateverIsSubmittedMeanwhile() {
        List<String> submitted = Stream.generate(() -> model().submit(requests(1)).batchId()).limit(3).toList();
        BatchPage<A> first = model().list(2, null);
        String later = model().submit(requests(1)).batchId();
        BatchPage<A> second = model().list(2, first.nextPageToken());
        assertThat(second.batches()).extracting(BatchResponse::batchId)
                .containsExactlyElementsOf(submitted.stream().filter(id -> isNotOn(first, id)).toList()).doesNotContain(later);
    }

    private boolean isNotOn(BatchPage<A> page, String batchId) {
        return page.batches().stream().noneMatch(batch -> batch.batchId().equals(batchId));
    }

    @Test
    void thereIsAPageWithoutBatches() {
        assertThat(model().list(null).batches()).isEmpty();
        assertThat(model().list(null).nextPageToken()).isNull();
        assertThat(model().list(null, null).batches()).isEmpty();
    }
}
