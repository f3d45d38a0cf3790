package io.quarkiverse.openai.batch.jsonl.internal.encode;

import java.util.LinkedHashMap;
import java.util.Map;

import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.Rule;

/** What the lines of a file add up to. */
public final class FileTally {

    /** More models than anyone means to use are not told apart. */
    private static final int MAX_MODELS = 100;

    private final Map<String, Long> tokensOfModels = new LinkedHashMap<>();
    private long lines;
    private long bytes;
    private long embeddingInputs;
    private long tokens;

    /**
     * @param lineBytes with the newline
     * @param model null if there is none
     */
    public void add(long lineBytes, long lineInputs, long lineTokens, String model) {
        lines++;
        bytes += lineBytes;
        embeddingInputs += lineInputs;
        tokens += lineTokens;
        if (model != null && (tokensOfModels.size() < MAX_MODELS || tokensOfModels.containsKey(model))) {
            tokensOfModels.merge(model, lineTokens, Long::sum);
        }
    }

    /** The rule that one more line would break; null if it fits. */
    public Rule brokenBy(LineLimits limits, long lineBytes, long lineInputs, long lineTokens, String model) {
        if (exceeds(lines + 1, limits.requests())) {
            return Rule.REQUESTS;
        }
        if (exceeds(bytes + lineBytes, limits.bytes())) {
            return Rule.BYTES;
        }
        if (exceeds(embeddingInputs + lineInputs, limits.embeddingInputs())) {
            return Rule.EMBEDDING_INPUTS;
        }
        if (exceeds(tokens + lineTokens, limits.tokens())) {
            return Rule.TOKENS;
        }
        boolean otherModel = limits.oneModel() && model != null && !tokensOfModels.isEmpty()
                && !tokensOfModels.containsKey(model);
        return otherModel ? Rule.ONE_MODEL : null;
    }

    /**
     * Finds the limits that the file as a whole is beyond.
     *
     * @param fileBytes all of it, blank lines included
     */
    void check(LineLimits limits, long fileBytes, Findings findings) {
        check(Rule.REQUESTS, lines, limits.requests(), "requests", findings);
        check(Rule.BYTES, fileBytes, limits.bytes(), "bytes", findings);
        check(Rule.EMBEDDING_INPUTS, embeddingInputs, limits.embeddingInputs(), "embedding inputs", findings);
        check(Rule.TOKENS, tokens, limits.tokens(), "tokens by estimate", findings);
    }

    private static void check(Rule rule, long count, long limit, String what, Findings findings) {
        if (exceeds(count, limit)) {
            findings.found(rule, count + " " + what + ", more than " + limit);
        }
    }

    private static boolean exceeds(long count, long limit) {
        return limit > 0 && count > limit;
    }

    public long lines() {
        return lines;
    }

    public long bytes() {
        return bytes;
    }

    public long embeddingInputs() {
        return embeddingInputs;
    }

    public long tokens() {
        return tokens;
    }

    /** By model, in the order of their coming. */
    public Map<String, Long> tokensOfModels() {
        return tokensOfModels;
    }
}
