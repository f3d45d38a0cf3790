package io.quarkiverse.openai.batch.jsonl.internal.encode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.JsonlException;
import io.quarkiverse.openai.batch.jsonl.RequestFile;
import io.quarkiverse.openai.batch.jsonl.Rule;
import io.quarkiverse.openai.batch.jsonl.TokenEstimator;

/** Requests as lines, the current one kept until a file has taken it. */
public final class RequestLines {

    private final Iterator<BatchRequest> requests;
    private final TokenEstimator estimator;
    private final RequestEncoder line = new RequestEncoder();
    private boolean encoded;
    private long tokens;

    /**
     * @param estimator null if there is nothing to be estimated
     */
    public RequestLines(Iterator<BatchRequest> requests, TokenEstimator estimator) {
        this.requests = requests;
        this.estimator = estimator;
    }

    boolean hasLine() {
        return encoded || requests.hasNext();
    }

    /**
     * Writes lines into a file, up to its limits.
     *
     * @param cut whether lines may be left over
     * @throws JsonlException if a line breaks a rule, or does not fit though none may be left over
     */
    public RequestFile writeTo(RequestOutput output, Path path, boolean cut) throws IOException {
        while (hasLine()) {
            encode();
            Rule broken = output.offer(line, tokens);
            if (broken != null && (!cut || output.isEmpty())) {
                throw new JsonlException(output.problem(broken).toString());
            }
            if (broken != null) {
                break;
            }
            encoded = false;
        }
        return output.finish(path);
    }

    private void encode() {
        if (!encoded) {
            line.encode(requests.next());
            tokens = estimator == null ? 0 : PromptTokens.count(estimator, line.fields(), line.buffer());
            encoded = true;
        }
    }
}
