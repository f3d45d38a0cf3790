package io.quarkiverse.openai.batch.runtime.job.engine;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.JobProgress;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobReport.Payment;
import io.quarkiverse.openai.batch.job.JobReport.Results;
import io.quarkiverse.openai.batch.job.JobReport.Sending;
import io.quarkiverse.openai.batch.job.JobReport.SentBatch;
import io.quarkiverse.openai.batch.job.JobReport.Times;
import io.quarkiverse.openai.batch.job.JobReport.TokenUsage;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.runtime.job.admission.Budget;
import io.quarkiverse.openai.batch.runtime.job.admission.Spending;
import io.quarkiverse.openai.batch.runtime.job.admission.Waits;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.spool.Sources;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.Answers;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Makes reports of stored rows. */
public final class JobReports {

    private static final int ERRORS_REPORTED = 10;
    private static final int IDS_REPORTED = 1_000;

    private final JobStore store;
    private final Sources sources;
    private final JobMethods methods;
    private final Troubles troubles;
    private final Function<String, JobClient> clients;

    public JobReports(JobStore store, Sources sources, JobMethods methods, Troubles troubles,
            Function<String, JobClient> clients) {
        this.store = store;
        this.sources = sources;
        this.methods = methods;
        this.troubles = troubles;
        this.clients = clients;
    }

    public JobReport report(JobRow job) {
        List<ChunkRow> chunks = store.chunks(job.name());
        String waitsFor = job.isUnderWay() ? troubles.describe(job, chunks).orElse(null) : null;
        String reason = Stream.of(job.reason(), waitsFor, job.control().stopReason(), missing(job, chunks))
                .filter(Objects::nonNull).findFirst().orElse(null);
        Map<Outcome, Long> outcomes = outcomes(chunks);
        return new JobReport(job.name(), job.terms().version(), job.terms().client(), job.state(), reason,
                job.control().question(), lines(chunks),
                outcomes, payment(chunks), sending(chunks), usage(job, chunks), results(chunks),
                new Times(job.createdAt(), job.endedAt()), batches(chunks), Waits.of(job, chunks, prices(job)));
    }

    /** Null if the application has the handlers that are due. */
    private String missing(JobRow job, List<ChunkRow> chunks) {
        Set<String> missing = methods.missing(job.terms().handlers());
        boolean due = job.isUnderWay() && chunks.stream().anyMatch(chunk -> chunk.state() == ChunkState.COLLECTED);
        return !due || missing.isEmpty() ? null
                : "It waits for methods with @OnBatchResult that this application does not have: %s. Add them again, give "
                        .formatted(String.join(", ", missing))
                        + "their ids to those that replace them, @OnBatchResult(id = …), or cancel the job";
    }

    private static Map<Outcome, Long> outcomes(List<ChunkRow> chunks) {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, sum(chunks, chunk -> chunk.tally().of(outcome)));
        }
        return outcomes;
    }

    private static Payment payment(List<ChunkRow> chunks) {
        return new Payment(sum(chunks, chunk -> chunk.tally().paid()), sum(chunks, chunk -> chunk.tally().unpaid()),
                sum(chunks, chunk -> chunk.tally().paymentUnknown()));
    }

    private static Sending sending(List<ChunkRow> chunks) {
        List<ChunkRow> sent = chunks.stream().filter(chunk -> chunk.remote().batchId() != null).toList();
        return new Sending(sent.size(), (int) sum(chunks, chunk -> chunk.remote().twins().size()),
                sum(sent, chunk -> chunk.input().lines()), sum(chunks, chunk -> chunk.tally().resent()),
                sum(chunks, chunk -> chunk.tally().resentUnknown()), sum(chunks, chunk -> chunk.tally().resentInvalid()),
                chunks.stream().flatMap(chunk -> chunk.remote().mayRun()).limit(IDS_REPORTED).toList(),
                chunks.stream().flatMap(chunk -> chunk.remote().left().stream()).limit(IDS_REPORTED).toList());
    }

    private static List<SentBatch> batches(List<ChunkRow> chunks) {
        return chunks.stream().filter(chunk -> chunk.remote().batchId() != null)
                .flatMap(chunk -> Stream.concat(
                        Stream.of(batch(chunk, chunk.remote().batchId(), chunk.remote().batch().status())),
                        chunk.remote().twins().stream().map(twin -> batch(chunk, twin, null))))
                .toList();
    }

    private static SentBatch batch(ChunkRow chunk, String id, String status) {
        return new SentBatch(chunk.number(), SafeText.of(id, 100), status == null ? null : SafeText.of(status, 100),
                chunk.input().lines());
    }

    private TokenUsage usage(JobRow job, List<ChunkRow> chunks) {
        Prices prices = prices(job);
        Map<String, Usage> ofModels = new TreeMap<>();
        Map<String, BigDecimal> costs = new TreeMap<>();
        chunks.stream().collect(Collectors.groupingBy(chunk -> chunk.input().model() == null ? "" : chunk.input().model()))
                .forEach((model, ofModel) -> {
                    ofModels.put(model, ofModel.stream().map(chunk -> chunk.tally().usage()).reduce(Usage.NONE, Usage::plus));
                    BigDecimal cost = new Budget(job, ofModel, prices).spent().cost();
                    if (cost != null && prices.has(model)) {
                        costs.put(model, cost);
                    }
                });
        Budget budget = new Budget(job, chunks, prices);
        return new TokenUsage(ofModels, budget.spent().cost(), costs, budget.expected().tokens(), budget.expected().cost());
    }

    private static Results results(List<ChunkRow> chunks) {
        return new Results(sum(chunks, chunk -> chunk.tally().foreign() + chunk.tally().extra()),
                chunks.stream().map(chunk -> chunk.remote().answers()).filter(Objects::nonNull).map(Answers::unattributed)
                        .filter(Objects::nonNull).findFirst().orElse(null),
                sum(chunks, chunk -> chunk.handed().failures()),
                chunks.stream().flatMap(chunk -> chunk.tally().firstErrors().stream()).limit(ERRORS_REPORTED).toList());
    }

    /** None if the client is not configured any more. */
    private Prices prices(JobRow job) {
        try {
            return clients.apply(job.client()).settings().prices();
        } catch (ConfigurationException clientIsGone) {
            return Prices.none();
        }
    }

    /** The id of a handler of a job that takes answers only, if no other one takes results without an answer. */
    public Optional<String> leavesOthers(String job) {
        return methods.leavesOthers(job).map(HandlerMethod::id);
    }

    private static long sum(List<ChunkRow> chunks, ToLongFunction<ChunkRow> value) {
        return chunks.stream().mapToLong(value).sum();
    }

    public JobProgress progress(JobRow job) {
        List<ChunkRow> chunks = store.chunks(job.name());
        long settled = 0;
        long running = 0;
        int batches = 0;
        int done = 0;
        for (ChunkRow chunk : chunks) {
            settled += chunk.tally().lines();
            if (chunk.state() == ChunkState.WATCHED || chunk.state() == ChunkState.ENDED) {
                running += chunk.remote().batch().completed() + chunk.remote().batch().failed();
                batches += chunk.state() == ChunkState.WATCHED ? 1 : 0;
            }
            done += chunk.state().isCollected() ? 1 : 0;
        }
        Spending spent = new Budget(job, chunks, prices(job)).spent();
        long lines = Math.max(lines(chunks), job.spooled() ? 0 : sources.linesRead(job.name()));
        return new JobProgress(job.state(), lines, job.spooled(), settled, running, batches, chunks.size(), done,
                spent.tokens(), spent.cost(),
                job.isUnderWay() ? troubles.latest(job, chunks).orElse(null) : null);
    }

    private static long lines(List<ChunkRow> chunks) {
        return chunks.stream().filter(ChunkRow::isOfSource).mapToLong(chunk -> chunk.input().lines()).sum();
    }
}
