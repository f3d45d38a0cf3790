package io.quarkiverse.openai.batch.jsonl;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import java.util.stream.Stream;

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
        return new Parts(requests, number -> file, false).write(file);
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
        Parts parts = new Parts(requests, number -> null, false);
        try {
            return parts.fill(parts.lines.open(channel));
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
        return new Parts(requests, files, true);
    }

    /** Files that are written when they are asked for. */
    private final class Parts implements Iterator<RequestFile> {

        private final RequestLines lines = new RequestLines(limits, estimator);
        private final Iterator<BatchRequest> requests;
        private final IntFunction<Path> paths;
        private final boolean cut;
        private boolean encoded;
        private int written;

        /**
         * @param cut whether lines that do not fit begin another file
         */
        Parts(Iterator<BatchRequest> requests, IntFunction<Path> paths, boolean cut) {
            this.requests = requests;
            this.paths = paths;
            this.cut = cut;
        }

        @Override
        public boolean hasNext() {
            return encoded || requests.hasNext();
        }

        @Override
        public RequestFile next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return write(paths.apply(written++));
        }

        private RequestFile write(Path path) {
            try (RequestLines.Output output = lines.open(path)) {
                return fill(output);
            } catch (IOException e) {
                throw new JsonlException("Cannot write " + path.getFileName() + ": " + e.getClass().getSimpleName(), e);
            }
        }

        private RequestFile fill(RequestLines.Output output) throws IOException {
            lines.restart();
            while (hasNext()) {
                if (!encoded) {
                    lines.encode(requests.next());
                    encoded = true;
                }
                Rule exceeded = output.exceededLimit();
                if (exceeded != null && cut && output.lines() > 0) {
                    break;
                }
                Problem problem = exceeded == null ? lines.check(output.name()) : output.problem(exceeded);
                if (problem != null) {
                    throw new JsonlException(problem.toString());
                }
                output.add();
                encoded = false;
            }
            return output.finish();
        }
    }
}
