package io.quarkiverse.openai.batch.jsonl;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import io.quarkiverse.openai.batch.jsonl.internal.encode.RequestCheck;
import io.quarkiverse.openai.batch.jsonl.internal.encode.RequestRules;
import io.quarkiverse.openai.batch.model.Endpoint;

/**
 * Checks input files by every {@link Rule} before they are sent, with less than 8 bytes of memory a line. Continues
 * after a problem, and reports all.
 *
 * <pre>{@code
 * ValidationReport report = RequestValidator.withLimits(LineLimits.OPENAI).endpoint(Endpoint.RESPONSES).validate(file);
 * report.problems().forEach(System.err::println);
 * }</pre>
 *
 * Immutable, and fit for any number of files.
 */
public final class RequestValidator {

    private static final int DEFAULT_MAX_PROBLEMS = 100;

    private final LineLimits limits;
    private final Endpoint endpoint;
    private final boolean routeOptional;
    private final TokenEstimator estimator;
    private final int maxProblems;

    private RequestValidator(LineLimits limits, Endpoint endpoint, boolean routeOptional, TokenEstimator estimator,
            int maxProblems) {
        this.limits = limits;
        this.endpoint = endpoint;
        this.routeOptional = routeOptional;
        this.estimator = estimator;
        this.maxProblems = maxProblems;
    }

    /** With {@link TokenEstimator#ruleOfThumb()} if tokens are limited, else without an estimate. */
    public static RequestValidator withLimits(LineLimits limits) {
        TokenEstimator estimator = limits.tokens() > 0 ? TokenEstimator.ruleOfThumb() : null;
        return new RequestValidator(limits, null, false, estimator, DEFAULT_MAX_PROBLEMS);
    }

    /** Checks each url against the batch's endpoint. Default: the lines must agree. */
    public RequestValidator endpoint(Endpoint batchEndpoint) {
        return new RequestValidator(limits, batchEndpoint, routeOptional, estimator, maxProblems);
    }

    /** Lets lines do without method and url, for providers that take the endpoint from the batch (Together). */
    public RequestValidator routeOptional() {
        return new RequestValidator(limits, endpoint, true, estimator, maxProblems);
    }

    /** Estimates the tokens of each line. */
    public RequestValidator estimatingTokens(TokenEstimator tokenEstimator) {
        return new RequestValidator(limits, endpoint, routeOptional, tokenEstimator, maxProblems);
    }

    /** Keeps so many problems; the others are only counted. Default: 100. */
    public RequestValidator maxProblems(int max) {
        return new RequestValidator(limits, endpoint, routeOptional, estimator, max);
    }

    /**
     * @throws JsonlException if the file cannot be read
     */
    public ValidationReport validate(Path file) {
        String name = file.getFileName().toString();
        try (InputStream in = Files.newInputStream(file)) {
            return validate(in, name);
        } catch (IOException e) {
            throw new JsonlException("Cannot read " + name + ": " + e.getClass().getSimpleName(), e);
        }
    }

    /**
     * Checks a stream, which stays open.
     *
     * @throws JsonlException if the stream cannot be read
     */
    public ValidationReport validate(InputStream in) {
        try {
            return validate(in, null);
        } catch (IOException e) {
            throw new JsonlException("Cannot read the stream: " + e.getClass().getSimpleName(), e);
        }
    }

    private ValidationReport validate(InputStream in, String name) throws IOException {
        try (RequestRules rules = new RequestRules(limits, endpoint, routeOptional, null)) {
            return new RequestCheck(name, limits, rules, estimator, maxProblems).check(in);
        }
    }
}
