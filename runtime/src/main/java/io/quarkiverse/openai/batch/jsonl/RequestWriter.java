package io.quarkiverse.openai.batch.jsonl;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * Writes input files from lazy requests, in constant memory: unset fields are left out, never null.
 *
 * <pre>{@code
 * RequestFile file = RequestWriter.withLimits(LineLimits.OPENAI).write(requests, Path.of("input.jsonl"));
 * }</pre>
 *
 * Immutable, and fit for any number of files.
 */
public final class RequestWriter {

    private final LineLimits limits;

    private RequestWriter(LineLimits limits) {
        this.limits = limits;
    }

    public static RequestWriter withLimits(LineLimits limits) {
        return new RequestWriter(limits);
    }

    /**
     * Writes all requests into one file, which must not exist.
     *
     * @throws JsonlException if a request does not fit, or writing fails
     */
    public RequestFile write(Iterator<BatchRequest> requests, Path file) {
        try (WritableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            return write(requests, channel, file);
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
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
     * @throws JsonlException if a request does not fit, or writing fails
     */
    public RequestFile write(Iterator<BatchRequest> requests, WritableByteChannel channel) {
        try {
            return write(requests, channel, null);
        } catch (IOException e) {
            throw cannotWrite(null, e);
        }
    }

    private RequestFile write(Iterator<BatchRequest> requests, WritableByteChannel channel, Path path) throws IOException {
        RequestEncoder encoder = new RequestEncoder();
        LineOutput output = new LineOutput(channel);
        while (requests.hasNext()) {
            encoder.encode(requests.next());
            output.write(encoder.buffer(), encoder.length());
        }
        output.flush();
        return new RequestFile(path, output.lines(), output.bytes(), output.sha256());
    }

    private static JsonlException cannotWrite(Path file, IOException e) {
        String name = file == null ? "the channel" : file.getFileName().toString();
        return new JsonlException("Cannot write " + name + ": " + e.getClass().getSimpleName(), e);
    }
}
