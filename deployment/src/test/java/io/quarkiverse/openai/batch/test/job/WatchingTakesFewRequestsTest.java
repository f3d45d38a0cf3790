package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.BatchFault.Stop;
import io.quarkiverse.openai.batch.emulator.control.ForeignBatches;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RecordedRequest;
import io.quarkiverse.openai.batch.jsonl.LineLimits;

/** A thousand batches of ours that run, each with one line. */
class WatchingTakesFewRequestsTest extends JobTest {

    private static final int BATCHES = 1000;

    @BeforeEach
    void prepare() {
        bench.limits(LineLimits.OPENAI.withRequests(1));
        bench.emulator.faults().add(new BatchFault().stopAfter(0, Stop.HANG).always());
    }

    @Test
    void aThousandBatchesAreTenPagesWithForeignOnesBeforeThemAndAHundredWithForeignOnesAfterThem() {
        bench.submit(BATCHES);
        bench.until("all batches run", () -> bench.emulator.requests().count(Operation.CREATE_BATCH) == BATCHES
                && bench.job().report().sending().batches() == BATCHES);
        assertThat(requestsOfASweep()).hasSizeBetween(1, 10);
        bench.emulator.addForeignBatches(new ForeignBatches(9_000, Duration.ofDays(1), Duration.ofDays(2), null));
        assertThat(requestsOfASweep()).hasSizeBetween(1, 10);
        bench.emulator.addForeignBatches(ForeignBatches.over(Duration.ZERO, 9_000));
        assertThat(requestsOfASweep()).hasSizeBetween(1, 100);
    }

    /** Of one that begins from now on: from the first page it reads to the first page that the next one reads. */
    private List<Operation> requestsOfASweep() {
        bench.emulator.requests().clear();
        List<RecordedRequest> requests = new ArrayList<>();
        bench.until("a whole sweep", () -> {
            requests.clear();
            requests.addAll(bench.emulator.requests().list());
            return firstPages(requests).length >= 3;
        });
        int[] firstPages = firstPages(requests);
        return requests.subList(firstPages[1], firstPages[2]).stream().map(RecordedRequest::operation).toList();
    }

    private static int[] firstPages(List<RecordedRequest> requests) {
        return IntStream.range(0, requests.size())
                .filter(i -> requests.get(i).operation() == Operation.LIST_BATCHES
                        && !requests.get(i).query().contains("after="))
                .toArray();
    }
}
