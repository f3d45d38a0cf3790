package io.quarkiverse.openai.batch.runtime.job.admission;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobTerms.Guard;

/** What a job has spent, is about to, and may. */
public final class Budget {

    private final JobRow job;
    private final List<ChunkRow> chunks;
    private final Prices prices;
    private final CorrectedEstimates estimates;
    private Spending committed;
    private Spending counted;
    private Boolean priced;

    public Budget(JobRow job, List<ChunkRow> chunks, Prices prices) {
        this.job = job;
        this.chunks = chunks;
        this.prices = prices;
        this.estimates = new CorrectedEstimates(chunks);
    }

    /** What was answered and paid, whether or not the answers still count. */
    public Spending spent() {
        return chunks.stream()
                .map(chunk -> Spending.of(chunk, prices))
                .reduce(Spending.NONE, Spending::plus);
    }

    /** What all lines of the source that were read are expected to cost. */
    public Spending expected() {
        return sum(ChunkRow::isOfSource);
    }

    private Spending sum(Predicate<ChunkRow> which) {
        return chunks.stream().filter(which).map(chunk -> estimates.of(chunk, prices))
                .reduce(Spending.NONE, Spending::plus);
    }

    /** Whether the job is expected to spend more than it may; nothing was sent yet. */
    boolean isExpectedOver() {
        return isOver(expected());
    }

    /** Whether what was spent leaves no room for a chunk. */
    boolean isOverWith(ChunkRow chunk) {
        return guard().hasLimit() && isOver(counted().plus(estimates.of(chunk, prices)));
    }

    /** Whether there is no room for a chunk as long as the batches under way may cost what they are expected to. */
    boolean isFullFor(ChunkRow chunk) {
        return isOver(committedNow().plus(estimates.of(chunk, prices)));
    }

    /** Whether a chunk waits for the answers of others, or for a price. */
    boolean isWaitingWith(ChunkRow chunk) {
        return guard().hasLimit() && (guard().maxCost() != null && modelsHaveNoPrice() || isFullFor(chunk));
    }

    /** A chunk gets its batch, or has its place kept. */
    void commit(ChunkRow chunk) {
        if (guard().hasLimit()) {
            committed = committedNow().plus(estimates.of(chunk, prices));
        }
    }

    private Spending committedNow() {
        if (committed == null) {
            committed = counted().plus(sum(Budget::isUnderWay));
        }
        return committed;
    }

    private boolean modelsHaveNoPrice() {
        if (priced == null) {
            priced = chunks.stream().allMatch(this::isPriced);
        }
        return !priced;
    }

    private boolean isPriced(ChunkRow chunk) {
        return estimates.of(chunk, prices).cost() != null;
    }

    /** Spent since the limits count; what was spent before counts if there was no price for it then. */
    private Spending counted() {
        if (counted != null) {
            return counted;
        }
        BigDecimal costBefore = job.control().costBefore() == null ? BigDecimal.ZERO : job.control().costBefore();
        counted = spent().minus(new Spending(job.control().tokensBefore(), costBefore));
        return counted;
    }

    private static boolean isUnderWay(ChunkRow chunk) {
        return chunk.state() == ChunkState.ADMITTED || chunk.state().isActive()
                || chunk.state() == ChunkState.ENDED || chunk.state() == ChunkState.GONE;
    }

    private boolean isOver(Spending spending) {
        Guard guard = guard();
        return guard.maxTokens() > 0 && spending.tokens() > guard.maxTokens()
                || guard.maxCost() != null && known(spending.cost()).compareTo(guard.maxCost()) > 0;
    }

    private BigDecimal known(BigDecimal cost) {
        if (cost != null) {
            return cost;
        }
        throw new PauseException(("The job has a maximum cost, and the price of %s is not known. Configure jobs.prices of the "
                + "client, such as quarkus.openai-batch.jobs.prices.\"model\".input and .output for a million tokens, then "
                + "resume the job, or cancel it").formatted(modelsWithoutPrice()));
    }

    private String modelsWithoutPrice() {
        return chunks.stream().filter(chunk -> !isPriced(chunk)).map(chunk -> chunk.input().model())
                .map(model -> model == null ? "lines without a model" : SafeText.of(model, 64)).distinct()
                .collect(Collectors.joining(", "));
    }

    private Guard guard() {
        return job.terms().guard();
    }

    /** What to tell a person before anything is sent. */
    String expectation() {
        return ("The job is expected to use %s, and may use %s. Nothing was sent yet. Submit it with other limits or lines as "
                + "another version; or resume it, so that it runs until a limit is reached; or cancel it")
                .formatted(text(expected()), limits());
    }

    /** Why it stops. */
    String end() {
        return "The job has used %s, and the next batch would exceed what it may use, %s. What was not sent is cancelled"
                .formatted(text(counted()), limits());
    }

    private static String text(Spending spending) {
        return "%d tokens%s".formatted(spending.tokens(),
                spending.cost() == null ? "" : " for " + spending.cost().stripTrailingZeros().toPlainString());
    }

    private String limits() {
        Guard guard = guard();
        String tokens = guard.maxTokens() > 0 ? guard.maxTokens() + " tokens" : "";
        String cost = guard.maxCost() == null ? "" : "money for " + guard.maxCost().toPlainString();
        return tokens.isEmpty() || cost.isEmpty() ? tokens + cost : tokens + " and " + cost;
    }
}
