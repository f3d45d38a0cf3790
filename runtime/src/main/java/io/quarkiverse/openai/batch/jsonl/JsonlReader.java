package io.quarkiverse.openai.batch.jsonl;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.quarkiverse.openai.batch.jsonl.internal.decode.RequestDecoder;
import io.quarkiverse.openai.batch.jsonl.internal.decode.RequestLine;
import io.quarkiverse.openai.batch.jsonl.internal.decode.ResultDecoder;
import io.quarkiverse.openai.batch.jsonl.internal.read.CloseableIterator;
import io.quarkiverse.openai.batch.jsonl.internal.read.DecodingIterator;
import io.quarkiverse.openai.batch.jsonl.internal.read.LineReader;
import io.quarkiverse.openai.batch.jsonl.internal.read.Source;
import io.quarkiverse.openai.batch.jsonl.internal.read.SourceLines;

/**
 * Reads JSONL files of any length in constant memory, line by line. A malformed result line is an {@link Outcome} of its own,
 * with its number and the reason, and reading continues. The only exception is {@link JsonlException}, for I/O errors.
 *
 * <pre>{@code
 * try (Stream<BatchResult> results = JsonlReader.results(output, errors).stream()) {
 *     results.forEach(result -> save(result.customId(), result.text()));
 * }
 * }</pre>
 *
 * Immutable; a reader of files can be read any number of times, at once too; a reader of a stream once.
 *
 * @param <T> a line's type
 */
public final class JsonlReader<T> {

    private final List<Source> sources;
    private final Function<SourceLines, CloseableIterator<T>> decoding;
    private final int maxLineBytes;

    private JsonlReader(List<Source> sources, Function<SourceLines, CloseableIterator<T>> decoding, int maxLineBytes) {
        this.sources = sources;
        this.decoding = decoding;
        this.maxLineBytes = maxLineBytes;
    }

    private static JsonlReader<BatchResult> results(List<Source> sources) {
        return results(sources, true);
    }

    private static JsonlReader<BatchResult> results(List<Source> sources, boolean typed) {
        return new JsonlReader<>(sources, lines -> new DecodingIterator<>(lines, new ResultDecoder(typed), BatchResult::new),
                LineReader.defaultMaxLineBytes());
    }

    private static JsonlReader<BatchRequest> requests(List<Source> sources) {
        return new JsonlReader<>(sources, lines -> new DecodingIterator<>(lines, new RequestDecoder(), JsonlReader::request),
                LineReader.defaultMaxLineBytes());
    }

    private static BatchRequest request(RequestLine line) {
        return new BatchRequest(line.customId(), line.method(), line.url(), RawJson.checked(line.body()));
    }

    /** Result files, such as a batch's output and error file, as one sequence. */
    public static JsonlReader<BatchResult> results(Path... files) {
        return results(Source.of(files));
    }

    /**
     * Result files as {@link #results(Path...)}, for those who ask for outcomes, errors and tokens only: results have no
     * {@link BatchResult#body()} and no {@link BatchResult#text()}, and are read in less than half the time.
     */
    public static JsonlReader<BatchResult> outcomes(Path... files) {
        return results(Source.of(files), false);
    }

    /** A result file from a stream, which is closed with what reads it. */
    public static JsonlReader<BatchResult> results(InputStream in) {
        return results(List.of(Source.of(in)));
    }

    /**
     * Input files as one sequence, with bodies that are {@link RawJson}. A line that is no request is a {@link JsonlException}
     * when it comes; {@code stream().iterator()} can continue after it.
     */
    public static JsonlReader<BatchRequest> requests(Path... files) {
        return requests(Source.of(files));
    }

    /** An input file from a stream, as {@link #requests(Path...)}. */
    public static JsonlReader<BatchRequest> requests(InputStream in) {
        return requests(List.of(Source.of(in)));
    }

    /**
     * Bounds the length of a line, and so the memory for it, which is some four times as much. A longer result
     * line is malformed. Default: 64 MiB, or an eighth of the maximum heap if that is less.
     *
     * @throws IllegalArgumentException unless it is from 1 to 1 GiB
     */
    public JsonlReader<T> withMaxLineBytes(int bytes) {
        if (bytes < 1 || bytes > 1 << 30) {
            throw new IllegalArgumentException("A line's bound is from 1 byte to 1 GiB, not " + bytes);
        }
        return new JsonlReader<>(sources, decoding, bytes);
    }

    /** The lines in the order of the files. Close it. */
    public Stream<T> stream() {
        CloseableIterator<T> lines = iterator();
        int order = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(lines, order), false).onClose(lines::close);
    }

    /** Calls back with each line on this thread, and returns at the end. */
    public void forEach(Consumer<? super T> action) {
        try (CloseableIterator<T> lines = iterator()) {
            lines.forEachRemaining(action);
        }
    }

    private CloseableIterator<T> iterator() {
        return decoding.apply(new SourceLines(sources, maxLineBytes));
    }
}
