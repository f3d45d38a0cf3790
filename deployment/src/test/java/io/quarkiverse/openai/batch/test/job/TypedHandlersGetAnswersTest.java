package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.job.BatchCheck;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.OnBatchFailure;
import io.quarkiverse.openai.batch.job.OnBatchResult;
import io.quarkiverse.openai.batch.job.event.JobFinished;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkiverse.openai.batch.jsonl.EmbeddingsBody;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkus.test.QuarkusUnitTest;

class TypedHandlersGetAnswersTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withApplicationRoot(app -> app.addClasses(Handlers.class, Sentiment.class, Row.class, NumberRow.class,
                    ReviewId.class))
            .overrideConfigKey("quarkus.openai-batch.devservices.speed", "1000")
            .overrideRuntimeConfigKey("quarkus.openai-batch.jobs.poll-interval.min", "0.1S")
            .overrideRuntimeConfigKey("quarkus.openai-batch.jobs.directory", "target/jobs/typed-" + UUID.randomUUID())
            .setLogRecordPredicate(record -> record.getLevel().intValue() >= Level.WARNING.intValue())
            .assertLogRecords(records -> {
                assertThat(records).extracting(record -> String.format(record.getMessage(), record.getParameters()))
                        .anyMatch(message -> message.contains("Handlers#embedding takes answers only, and no method takes"))
                        .anyMatch(message -> message
                                .startsWith("Job embeddings-1: 1 of its results have no answer, and no method"))
                        .noneMatch(message -> message.contains("Handlers#store takes answers only"));
            });

    enum Sentiment {
        POSITIVE,
        NEGATIVE
    }

    record ReviewId(int number) {

        ReviewId(String text) {
            this(Integer.parseInt(text.substring("line-".length())));
        }

        private ReviewId(Integer number) {
            this(number.intValue());
        }
    }

    record NumberRow(long id, int number) {
    }

    record Row(ReviewId id, Sentiment sentiment) {
    }

    @Inject
    BatchJobs jobs;

    private static Stream<BatchRequest> reviews() {
        Stream<BatchRequest> good = IntStream.range(0, 150).mapToObj(n -> BatchRequest.of("line-" + n,
                ChatBody.of("gpt-6-luna").user("Review " + n).answer(Sentiment.class)));
        return Stream.concat(good, Stream.of(bad(Endpoint.CHAT_COMPLETIONS)));
    }

    /** A provider answers it with an error. */
    private static BatchRequest bad(Endpoint endpoint) {
        return BatchRequest.of("line-999", endpoint, Map.of("model", "gpt-6-luna"));
    }

    private JobReport run(JobSpec spec) throws Exception {
        return jobs.submit(spec).await(Duration.ofMinutes(1));
    }

    @Test
    void answersAsTypesAndTheOthersElsewhere() throws Exception {
        JobReport report = run(JobSpec.named("reviews-1").requests(TypedHandlersGetAnswersTest::reviews));
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(150);
        assertThat(report.results().handlerFailed()).isZero();
        assertThat(Handlers.single).hasSize(150).doesNotContainKey("line-999");
        assertThat(Handlers.single.values()).allMatch(answer -> answer.startsWith("reviews-1 "));
        assertThat(Handlers.rows).hasSize(150).extracting(row -> row.id().number()).doesNotHaveDuplicates();
        assertThat(Handlers.rows).extracting(Row::sentiment).doesNotContainNull();
        assertThat(Handlers.failed).containsExactly("line-999 FAILED");
    }

    @Test
    void embeddingsAndAWarningAboutWhatNobodyTakes() throws Exception {
        Stream<BatchRequest> good = IntStream.range(0, 3).mapToObj(
                n -> BatchRequest.of("line-" + n, EmbeddingsBody.of("text-embedding-3-small").input("Text " + n)));
        List<BatchRequest> all = Stream.concat(good, Stream.of(bad(Endpoint.EMBEDDINGS))).toList();
        run(JobSpec.named("embeddings-1").requests(all::stream));
        Awaitility.await("the end is logged").until(() -> Handlers.ended.contains("embeddings-1"));
        assertThat(Handlers.vectors).hasSize(3).allMatch(vector -> vector.length > 100);
    }

    @Test
    void primitiveTypesAreKeysAndAnswers() throws Exception {
        run(JobSpec.named("numbers-1").requests(() -> IntStream.range(0, 3).mapToObj(n -> BatchRequest.of("" + n,
                ChatBody.of("gpt-6-luna").user("Number " + n).answer(int.class)))));
        assertThat(Handlers.numbers).containsOnlyKeys(0L, 1L, 2L);
        assertThat(Handlers.numberRows).extracting(NumberRow::id).containsExactlyInAnyOrder(0L, 1L, 2L);
    }

    @Test
    void checksJudgeAnswersAsTypes() throws Exception {
        JobReport report = run(JobSpec.named("checked-1").requests(() -> reviews().limit(10)));
        assertThat(report.count(Outcome.INVALID)).isEqualTo(6);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(4);
    }

    static class Handlers {

        static final Map<String, String> single = new ConcurrentHashMap<>();
        static final Queue<Row> rows = new ConcurrentLinkedQueue<>();
        static final Map<Long, Integer> numbers = new ConcurrentHashMap<>();
        static final Queue<NumberRow> numberRows = new ConcurrentLinkedQueue<>();
        static final Queue<String> failed = new ConcurrentLinkedQueue<>();
        static final Queue<String> ended = new ConcurrentLinkedQueue<>();
        static final Queue<float[]> vectors = new ConcurrentLinkedQueue<>();

        @OnBatchResult("reviews-*")
        void store(String id, Sentiment answer, JobName job) {
            single.put(id, job.value() + " " + answer);
        }

        @OnBatchResult("reviews-*")
        void storeAll(List<Row> answers) {
            rows.addAll(answers);
        }

        @BatchCheck("checked-*")
        String check(ReviewId id, Sentiment answer, JobName job) {
            return id.number() % 2 == 0 ? "it is even" : null;
        }

        @BatchCheck("checked-*")
        boolean isFine(BatchResult result) {
            return !result.customId().equals("line-1");
        }

        @OnBatchFailure("reviews-*")
        void failed(BatchResult result) {
            failed.add(result.customId() + " " + result.outcome());
        }

        void ended(@Observes @JobName("*") JobFinished event) {
            ended.add(event.job());
        }

        @OnBatchResult("numbers-*")
        void number(long id, int number) {
            numbers.put(id, number);
        }

        @OnBatchResult("numbers-*")
        void numbers(List<NumberRow> rows) {
            numberRows.addAll(rows);
        }

        @OnBatchResult("embeddings-*")
        void embedding(String id, float[] vector) {
            vectors.add(vector);
        }
    }
}
