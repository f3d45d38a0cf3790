package io.quarkiverse.openai.batch.runtime.job.admission;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;

import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;

/** Tokens that chunks are expected to use, corrected by what the answers of others for the same model say. */
final class CorrectedEstimates {

    private final List<ChunkRow> known;
    private final Map<String, Correction> corrections = new HashMap<>();

    /**
     * @param known chunks, some of which may have been answered
     */
    CorrectedEstimates(List<ChunkRow> known) {
        this.known = known;
    }

    /** By which estimates for a model were wrong until now. */
    private record Correction(double prompts, double answers) {
    }

    /** Tokens of the prompts of a chunk. */
    double promptTokens(ChunkRow chunk) {
        return chunk.input().tokens() * correction(chunk).prompts();
    }

    /** Tokens of its answers. */
    double answerTokens(ChunkRow chunk) {
        return chunk.input().answerTokens() * correction(chunk).answers();
    }

    /** What the lines of a chunk are expected to cost. */
    Spending of(ChunkRow chunk, Prices prices) {
        long prompts = Math.round(promptTokens(chunk));
        long answers = Math.round(answerTokens(chunk));
        return new Spending(Math.round(promptTokens(chunk) + answerTokens(chunk)),
                prices.cost(chunk.input().model(), prompts, answers));
    }

    private Correction correction(ChunkRow chunk) {
        return corrections.computeIfAbsent(String.valueOf(chunk.input().model()), model -> {
            List<ChunkRow> answered = known.stream().filter(other -> sameModel(other, chunk) && other.state().isCollected()
                    && other.tally().succeeded() == other.input().lines()).toList();
            return new Correction(
                    ratio(answered, row -> row.tally().usage().inputTokens(), row -> row.input().tokens()),
                    ratio(answered, row -> row.tally().usage().outputTokens(), row -> row.input().answerTokens()));
        });
    }

    /** 1 as long as nothing is known. */
    private static double ratio(List<ChunkRow> answered, ToLongFunction<ChunkRow> used, ToLongFunction<ChunkRow> estimated) {
        long usedTokens = answered.stream().mapToLong(used).sum();
        long estimatedTokens = answered.stream().mapToLong(estimated).sum();
        return usedTokens == 0 || estimatedTokens == 0 ? 1 : (double) usedTokens / estimatedTokens;
    }

    static boolean sameModel(ChunkRow one, ChunkRow other) {
        return Objects.equals(one.input().model(), other.input().model());
    }
}
