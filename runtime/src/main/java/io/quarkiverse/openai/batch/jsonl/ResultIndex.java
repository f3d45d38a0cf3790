package io.quarkiverse.openai.batch.jsonl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.internal.decode.ResultDecoder;

/**
 * Finds results by their custom id, whatever their order: result files are not in the order of the requests (OpenAI, Batch
 * guide).
 * Keeps some 60 bytes a custom id, and reads a line again when it is found.
 * <p>
 * Of several lines with one custom id the first that succeeded counts; else that of the first file, the output file before the
 * error file; else the last. For one thread at a time; the files must stay as they are.
 */
public final class ResultIndex implements AutoCloseable {

    private static final int FIRST_CAPACITY = 1 << 10;

    private final List<Path> files;
    private final List<FileChannel> channels = new ArrayList<>();
    private final CustomIds customIds = new CustomIds();
    private final BitSet found = new BitSet();
    private final BitSet succeeded = new BitSet();
    private final BitSet malformed = new BitSet();
    private long[] places = {};
    private long[] offsets = {};
    private long[] numbers = {};
    private long doubles;
    private long unidentified;

    private ResultIndex(List<Path> files) {
        this.files = files;
    }

    /**
     * Reads result files once.
     *
     * @param files the output file, then the error file; either may be left out
     * @throws JsonlException if a file cannot be read
     */
    public static ResultIndex of(Path... files) {
        ResultIndex index = new ResultIndex(List.of(files));
        try {
            index.read();
        } catch (RuntimeException e) {
            index.close();
            throw e;
        }
        return index;
    }

    private void read() {
        for (int file = 0; file < files.size(); file++) {
            int number = file;
            channels.add(open(files.get(file)));
            JsonlReader.results(files.get(file)).forEach(result -> add(number, result));
        }
    }

    private static FileChannel open(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (IOException e) {
            throw cannotRead(file, e);
        }
    }

    private void add(int file, BatchResult result) {
        if (result.customId() == null) {
            unidentified++;
            return;
        }
        boolean isNew = customIds.add(result.customId());
        int id = isNew ? customIds.size() - 1 : customIds.find(result.customId());
        doubles += isNew ? 0 : 1;
        if (isNew || beats(result, file, id)) {
            put(id, file, result);
        }
    }

    private boolean beats(BatchResult result, int file, int id) {
        if (succeeded.get(id)) {
            return false;
        }
        if (result.succeeded() || malformed.get(id)) {
            return true;
        }
        return result.outcome() != Outcome.MALFORMED && file == places[id] >>> Integer.SIZE;
    }

    private void put(int id, int file, BatchResult result) {
        places = withRoom(places, id);
        offsets = withRoom(offsets, id);
        numbers = withRoom(numbers, id);
        places[id] = (long) file << Integer.SIZE | result.lineLength();
        offsets[id] = result.position().offset();
        numbers[id] = result.position().number();
        succeeded.set(id, result.succeeded());
        malformed.set(id, result.outcome() == Outcome.MALFORMED);
    }

    private static long[] withRoom(long[] array, int id) {
        return id < array.length ? array : Arrays.copyOf(array, Math.max(FIRST_CAPACITY, id * 2));
    }

    /**
     * The result of a request; {@link Outcome#MISSING} if there is none.
     *
     * @throws JsonlException if the file cannot be read
     */
    public BatchResult find(String customId) {
        int id = customIds.find(customId);
        if (id < 0) {
            return BatchResult.missing(customId);
        }
        found.set(id);
        int file = (int) (places[id] >>> Integer.SIZE);
        ByteBuffer line = ByteBuffer.allocate((int) places[id]);
        read(file, offsets[id], line);
        String name = files.get(file).getFileName().toString();
        return new BatchResult(
                ResultDecoder.decode(line.array(), new LinePosition(name, numbers[id], offsets[id])));
    }

    private void read(int file, long offset, ByteBuffer line) {
        try {
            while (line.hasRemaining()) {
                if (channels.get(file).read(line, offset + line.position()) < 0) {
                    throw new JsonlException(files.get(file).getFileName() + " is shorter than it was");
                }
            }
        } catch (IOException e) {
            throw cannotRead(files.get(file), e);
        }
    }

    /** Each request of an input file with its result, in the order of the requests. Close it. */
    public Stream<RequestResult> join(Path requests) {
        return JsonlReader.requests(requests).stream().map(request -> new RequestResult(request, find(request.customId())));
    }

    /** How many custom ids there are. */
    public long size() {
        return customIds.size();
    }

    /** How many lines have the custom id of another. */
    public long doubles() {
        return doubles;
    }

    /** How many lines are malformed so that they have no custom id. */
    public long unidentified() {
        return unidentified;
    }

    /** How many custom ids have not been found yet: after a whole {@link #join}, those that nobody asked for. */
    public long foreign() {
        return customIds.size() - found.cardinality();
    }

    @Override
    public void close() {
        for (int file = 0; file < channels.size(); file++) {
            try {
                channels.get(file).close();
            } catch (IOException e) {
                throw cannotRead(files.get(file), e);
            }
        }
    }

    private static JsonlException cannotRead(Path file, IOException e) {
        return new JsonlException("Cannot read " + file.getFileName() + ": " + e.getClass().getSimpleName(), e);
    }
}
