package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class LinesArePublishedNoFasterThanAskedForTest {

    private static final byte[] FILE = Lines.bytes(IntStream.range(0, 1000).mapToObj(ResultLines::chat)
            .toArray(String[]::new));

    @Test
    void asManyAsAskedFor() {
        Recorder recorder = new Recorder(0);
        JsonlReader.results(Lines.stream(FILE)).publisher(Runnable::run).subscribe(recorder);

        assertThat(recorder.results).isEmpty();
        recorder.subscription.request(3);
        assertThat(recorder.results).hasSize(3);
        recorder.subscription.request(2);
        assertThat(recorder.results).hasSize(5);
        recorder.subscription.request(Long.MAX_VALUE);
        recorder.subscription.request(Long.MAX_VALUE);
        assertThat(recorder.results).extracting(BatchResult::customId)
                .isEqualTo(IntStream.range(0, 1000).mapToObj(ResultLines::customId).toList());
        assertThat(recorder.end).isCompletedWithValue(null);
    }

    @Test
    void theEndIsToldWithoutBeingAskedFor() {
        Recorder recorder = new Recorder(0);
        JsonlReader.results(Lines.stream(ResultLines.chat(1))).publisher(Runnable::run).subscribe(recorder);

        recorder.subscription.request(1);

        assertThat(recorder.end).isCompleted();
    }

    @Test
    void oneByOneFromWithinTheSubscriberOnAnotherThread() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Recorder recorder = new Recorder(1);
            JsonlReader.results(Lines.stream(FILE)).publisher(executor).subscribe(recorder);

            recorder.end.get(1, TimeUnit.MINUTES);
            assertThat(recorder.results).hasSize(1000);
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void cancellingClosesTheFile() {
        boolean[] closed = new boolean[1];
        InputStream in = new ByteArrayInputStream(FILE) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        Recorder recorder = new Recorder(0);
        JsonlReader.results(in).publisher(Runnable::run).subscribe(recorder);
        recorder.subscription.request(2);

        recorder.subscription.cancel();
        recorder.subscription.request(2);

        assertThat(recorder.results).hasSize(2);
        assertThat(closed[0]).isTrue();
        assertThat(recorder.end).isNotDone();
    }

    @Test
    void askingForNothingIsAnError() {
        Recorder recorder = new Recorder(0);
        JsonlReader.results(Lines.stream(FILE)).publisher(Runnable::run).subscribe(recorder);

        recorder.subscription.request(0);

        assertThat(recorder.end).isCompletedExceptionally();
        assertThat(recorder.results).isEmpty();
    }

    @Test
    void aFailureIsTold() {
        Recorder recorder = new Recorder(0);
        JsonlReader.results(Path.of("no-such-file.jsonl")).publisher(Runnable::run).subscribe(recorder);

        recorder.subscription.request(1);

        assertThat(recorder.end).isCompletedExceptionally();
        assertThat(recorder.end.handle((nothing, e) -> e).join()).isInstanceOf(JsonlException.class);
    }

    private static final class Recorder implements Flow.Subscriber<BatchResult> {

        private final List<BatchResult> results = new ArrayList<>();
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private final int atATime;
        private Flow.Subscription subscription;

        Recorder(int atATime) {
            this.atATime = atATime;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            ask();
        }

        @Override
        public void onNext(BatchResult result) {
            results.add(result);
            ask();
        }

        private void ask() {
            if (atATime > 0) {
                subscription.request(atATime);
            }
        }

        @Override
        public void onError(Throwable e) {
            end.completeExceptionally(e);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }
    }
}
