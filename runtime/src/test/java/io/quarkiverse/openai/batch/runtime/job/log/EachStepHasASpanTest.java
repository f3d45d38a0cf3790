package io.quarkiverse.openai.batch.runtime.job.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.runtime.job.RunnerBench;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.ScriptedCalls.Verb;
import io.quarkiverse.openai.batch.runtime.job.trace.Subject;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;

class EachStepHasASpanTest {

    private static final String CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @TempDir
    Path root;

    private RunnerBench bench;
    private final Recorded traces = new Recorded();

    @BeforeEach
    void begin() {
        bench = new RunnerBench(root);
        bench.traces = traces;
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void fromTheSourceToTheEnd() {
        bench.submit(3);
        bench.finish();

        assertThat(traces.names()).containsSubsequence("spool", "upload", "admit", "create", "look", "collect", "finish");
        assertThat(traces.of("collect")).last()
                .satisfies(span -> assertThat(span.subject).isEqualTo(new Subject("<default>", RunnerBench.JOB, 1,
                        bench.chunk(1).remote().batchId(), "gpt-6-luna", CALLER)))
                .satisfies(span -> assertThat(span.tokens).isPositive());
        assertThat(traces.spans).allMatch(span -> span.closed);
    }

    @Test
    void knowsTheCallThatSubmittedTheJobAfterARestart() {
        bench.submit(1);
        bench.stop();
        traces.spans.clear();
        bench.finish();

        assertThat(traces.names()).contains("create", "collect").doesNotContain("spool");
        assertThat(traces.spans.stream().filter(span -> span.subject.job() != null))
                .allMatch(span -> CALLER.equals(span.subject.caller()));
    }

    @Test
    void thatFailsSaysSo() {
        bench.provider.fail(Verb.UPLOAD, Kind.TRANSIENT);
        bench.submit(1);
        bench.finish();

        assertThat(traces.of("upload")).extracting(span -> span.failure == null).containsExactly(false, true);
        assertThat(traces.of("observer")).isNotEmpty();
    }

    private static final class Recorded implements Traces {

        private final List<Recording> spans = new ArrayList<>();

        @Override
        public String caller() {
            return CALLER;
        }

        @Override
        public Span begin(String step, Subject subject) {
            Recording span = new Recording(step, subject);
            spans.add(span);
            return span;
        }

        List<String> names() {
            return spans.stream().map(span -> span.name).toList();
        }

        List<Recording> of(String name) {
            return spans.stream().filter(span -> span.name.equals(name)).toList();
        }
    }

    private static final class Recording implements Traces.Span {

        private final String name;
        private final Subject subject;
        private long tokens;
        private Throwable failure;
        private boolean closed;

        Recording(String name, Subject subject) {
            this.name = name;
            this.subject = subject;
        }

        @Override
        public void failed(Throwable thrown) {
            failure = thrown;
        }

        @Override
        public void used(long inputTokens, long outputTokens) {
            tokens = inputTokens + outputTokens;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
