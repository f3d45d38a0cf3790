package io.quarkiverse.openai.batch.jsonl;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.internal.encode.RequestFiles;
import io.quarkiverse.openai.batch.jsonl.internal.encode.RequestLines;
import io.quarkiverse.openai.batch.jsonl.internal.encode.RequestOutput;

/**
 * Writes input files from lazy requests, in constant memory. Unset fields are left out, never null. Each line is checked by the
 * rules of {@link Rule} before it is written; a file whose writing fails is deleted.
 *
 * <pre>{@code
 * RequestFile file = RequestWriter.withLimits(LineLimits.OPENAI).write(requests, Path.of("input.jsonl"));
 * }</pre>
 *
 * Immutable, and fit for any number of files.
 */
public final class RequestWriter {

    private final LineLimits limits;
    private final TokenEstimator estimator;

    private RequestWriter(LineLimits limits, TokenEstimator estimator) {
        this.limits = limits;
        this.estimator = estimator;
    }

    /** With {@link TokenEstimator#ruleOfThumb()} if tokens are limited, else without an estimate. */
    public static RequestWriter withLimits(LineLimits limits) {
        return new RequestWriter(limits, limits.tokens() > 0 ? TokenEstimator.ruleOfThumb() : null);
    }

    /** Estimates the tokens of each file. */
    public RequestWriter estimatingTokens(TokenEstimator tokenEstimator) {
        return new RequestWriter(limits, tokenEstimator);
    }

    /**
     * Writes all requests into one file, which must not exist.
     *
     * @throws JsonlException if a request breaks a rule or a limit, or writing fails
     */
    public RequestFile write(Iterator<BatchRequest> requests, Path file) {
        return RequestFiles.write(file, lines(requests), limits, false);
    }

    /** As {@link #write(Iterator, Path)}; the stream is closed. */
    public RequestFile write(Stream<BatchRequest> requests, Path file) {
        try (requests) {
            return write(requests.iterator(), file);
        }
    }

    /**
     * Writes all requests into a channel, which stays open.
     *
     * @throws JsonlException if a request breaks a rule or a limit, or writing fails
     */
    public RequestFile write(Iterator<BatchRequest> requests, WritableByteChannel channel) {
        try {
            return lines(requests).writeTo(new RequestOutput(channel, limits, null), null, false);
        } catch (IOException e) {
            throw new JsonlException("Cannot write to the channel: " + e.getClass().getSimpleName(), e);
        }
    }

    /**
     * Cuts requests into files that keep to the limits, in their order; another model begins another file where the limits ask
     * for one. Each file is written when it is asked for, so that the first can be sent before the last is made.
     *
     * @param files the path of each file, counted from 0; it must not exist
     * @return the files as they were written; its {@code next} throws a {@link JsonlException} if a request breaks a rule, or a
     *         limit by itself, or writing fails
     */
    public Iterator<RequestFile> split(Iterator<BatchRequest> requests, IntFunction<Path> files) {
        return new RequestFiles(lines(requests), limits, files);
    }

    private RequestLines lines(Iterator<BatchRequest> requests) {
        return new RequestLines(requests, estimator);
    }
}
