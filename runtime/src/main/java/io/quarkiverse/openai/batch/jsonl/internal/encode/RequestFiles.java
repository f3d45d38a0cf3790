package io.quarkiverse.openai.batch.jsonl.internal.encode;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;

import io.quarkiverse.openai.batch.jsonl.JsonlException;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.RequestFile;

/** Cuts requests into files, each written when it is asked for. */
public final class RequestFiles implements Iterator<RequestFile> {

    private final RequestLines lines;
    private final LineLimits limits;
    private final IntFunction<Path> paths;
    private int written;

    public RequestFiles(RequestLines lines, LineLimits limits, IntFunction<Path> paths) {
        this.lines = lines;
        this.limits = limits;
        this.paths = paths;
    }

    @Override
    public boolean hasNext() {
        return lines.hasLine();
    }

    @Override
    public RequestFile next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Path path = paths.apply(written++);
        return write(path, lines, limits, true);
    }

    /** Writes a file; if that fails there is none. */
    public static RequestFile write(Path path, RequestLines lines, LineLimits limits, boolean cut) {
        try (WritableByteChannel channel = Files.newByteChannel(path, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            return fill(new RequestOutput(channel, limits, path), path, lines, cut);
        } catch (IOException e) {
            throw new JsonlException("Cannot write " + path.getFileName() + ": " + e.getClass().getSimpleName(), e);
        }
    }

    private static RequestFile fill(RequestOutput output, Path path, RequestLines lines, boolean cut) throws IOException {
        try {
            return lines.writeTo(output, path, cut);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }
}
