package io.quarkiverse.openai.batch.cli.answer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.CloseableIterator;
import io.quarkiverse.openai.batch.jsonl.JsonlReader;

/** Finds results by {@code custom_id}. In memory is where they stand in their files, not what they say. */
public final class ResultIndex implements Closeable {

    private record Place(FileChannel file, long offset, int length, boolean succeeded) {
    }

    private final List<FileChannel> files = new ArrayList<>();
    private final Map<String, Place> places = new HashMap<>();

    /**
     * @param resultFiles the output file, then the error file
     */
    public static ResultIndex of(List<Path> resultFiles) throws IOException {
        ResultIndex index = new ResultIndex();
        for (Path file : resultFiles) {
            index.add(file);
        }
        return index;
    }

    private void add(Path path) throws IOException {
        FileChannel file = FileChannel.open(path);
        files.add(file);
        try (CloseableIterator<BatchResult> results = JsonlReader.results(path).iterator()) {
            while (results.hasNext()) {
                BatchResult result = results.next();
                if (result.customId() != null) {
                    Place place = new Place(file, result.position().offset(), result.line().length, result.succeeded());
                    places.merge(result.customId(), place, ResultIndex::better);
                }
            }
        }
    }

    /** The first success counts; else the output file before the error file, and the latest line of a file. */
    private static Place better(Place earlier, Place later) {
        boolean stays = earlier.succeeded || !later.succeeded && earlier.file != later.file;
        return stays ? earlier : later;
    }

    /** The result of a request, which may be that it is missing. */
    public BatchResult find(String customId) throws IOException {
        Place place = places.get(customId);
        if (place == null) {
            return BatchResult.missing(customId);
        }
        ByteBuffer line = ByteBuffer.allocate(place.length);
        while (line.hasRemaining() && place.file.read(line, place.offset + line.position()) >= 0) {
            // goes on where the last read ended
        }
        return BatchResult.parse(line.array());
    }

    @Override
    public void close() throws IOException {
        for (FileChannel file : files) {
            file.close();
        }
    }
}
