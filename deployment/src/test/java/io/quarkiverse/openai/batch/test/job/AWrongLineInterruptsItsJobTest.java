package io.quarkiverse.openai.batch.test.job;

import static io.quarkiverse.openai.batch.test.job.JobBench.requests;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.jsonl.Rule;
import io.quarkiverse.openai.batch.model.Endpoint;

/** Before the chunk of the line is uploaded. What was sent before is collected. */
class AWrongLineInterruptsItsJobTest extends JobTest {

    private static final int LINES = 35;
    private static final ChatBody BODY = ChatBody.of("gpt-6-luna").user("x");

    /** A line for each rule of a line; a {@link BatchRequest} has a custom_id and becomes one line of JSON in any case. */
    enum Wrong {
        ID_OF_ANOTHER(Rule.CUSTOM_ID_DOUBLE, BatchRequest.of("line-0", BODY)),
        LONG_ID(Rule.CUSTOM_ID_LENGTH, BatchRequest.of("a".repeat(21), BODY)),
        LONG_LINE(Rule.LINE_LENGTH, BatchRequest.of("wrong", BODY.user("x".repeat(1_000)))),
        LONGER_THAN_A_FILE(Rule.LINE_LENGTH, BatchRequest.of("wrong", BODY.user("x".repeat(3_000)))),
        GET(Rule.METHOD, new BatchRequest("wrong", "GET", "/v1/chat/completions", BODY)),
        OTHER_URL(Rule.URL, BatchRequest.of("wrong", BODY).withUrl("/v1/responses")),
        NO_OBJECT(Rule.BODY, BatchRequest.of("wrong", Endpoint.CHAT_COMPLETIONS, List.of(1))),
        STREAMED(Rule.STREAM, BatchRequest.of("wrong", BODY.with("stream", true))),
        METADATA(Rule.METADATA, BatchRequest.of("wrong", BODY.metadata(Map.of("k".repeat(65), "v"))));

        final Rule rule;
        final BatchRequest line;

        Wrong(Rule rule, BatchRequest line) {
            this.rule = rule;
            this.line = line;
        }
    }

    /** As names: the application under test loads classes of its own. */
    static Stream<String> wrongLines() {
        return Stream.of(Wrong.values()).map(Enum::name);
    }

    @BeforeEach
    void chunksOfTenLines() {
        bench.limits(LineLimits.OPENAI.withRequests(10).withCustomIdLength(20).withLineBytes(1_000).withBytes(2_500));
    }

    private static Stream<BatchRequest> with(Wrong wrong, int at) {
        List<BatchRequest> right = requests(LINES).toList();
        return IntStream.range(0, LINES).mapToObj(n -> n == at ? wrong.line : right.get(n));
    }

    private BatchJob interrupted(Wrong wrong, int at, UnaryOperator<JobSpec> change) {
        BatchJob job = bench.runner().submit(change.apply(JobSpec.named("numbers").requests(() -> with(wrong, at))));
        bench.until("it is interrupted", report -> report.state() == JobState.INTERRUPTED);
        assertThat(job.report().reason()).contains("line %d of its source".formatted(at + 1),
                "\"%s\"".formatted(wrong.line.customId()), "rule " + wrong.rule, wrong.rule.fix(),
                "Fix the line, then submit the job again");
        return job;
    }

    private long uploads() {
        return bench.emulator.requests().count(Operation.CREATE_FILE);
    }

    private void later() {
        Instant then = bench.clock.instant().plus(Duration.ofSeconds(30));
        bench.until("time has passed", () -> bench.clock.instant().isAfter(then));
    }

    @ParameterizedTest
    @MethodSource("wrongLines")
    void inTheFirstChunk(String wrong) {
        interrupted(Wrong.valueOf(wrong), 5, spec -> spec);
        later();
        assertThat(uploads()).isZero();
    }

    @ParameterizedTest
    @MethodSource("wrongLines")
    void inTheThirdChunk(String wrong) {
        interrupted(Wrong.valueOf(wrong), 25, spec -> spec);
        bench.until("the chunks before are collected", report -> report.count(Outcome.SUCCEEDED) == 20);
        later();
        assertThat(uploads()).isEqualTo(2);
        assertThat(bench.job().report().state()).isEqualTo(JobState.INTERRUPTED);
    }

    @ParameterizedTest
    @MethodSource("wrongLines")
    void beforeAnythingIsUploadedIfItIsCheckedFirst(String wrong) {
        interrupted(Wrong.valueOf(wrong), 25, JobSpec::checkFirst);
        later();
        assertThat(uploads()).isZero();
    }

    @Test
    void beforeAnythingIsUploadedIfItHasALimitOfCost() {
        bench.prices("1", "1");
        interrupted(Wrong.STREAMED, 25, spec -> spec.maxCost(new BigDecimal(1_000)));
        later();
        assertThat(uploads()).isZero();
    }

    @Test
    void whichContinuesOnceTheLineIsRight() {
        for (boolean checkedFirst : new boolean[] { false, true }) {
            String name = "numbers" + (checkedFirst ? "-first" : "");
            UnaryOperator<JobSpec> change = checkedFirst ? JobSpec::checkFirst : spec -> spec;
            bench.runner().submit(change.apply(JobSpec.named(name).requests(() -> with(Wrong.STREAMED, 25))));
            bench.until("it is interrupted", name, report -> report.state() == JobState.INTERRUPTED);
            JobReport report = bench.await(bench.runner()
                    .submit(change.apply(JobSpec.named(name).requests(() -> requests(LINES)))));
            assertThat(report.state()).isEqualTo(JobState.FINISHED);
            assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(LINES);
        }
        assertThat(bench.ledger().paid()).isEqualTo(2 * LINES);
    }
}
