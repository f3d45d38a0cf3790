package io.quarkiverse.openai.batch.cli.input;

import java.io.InputStream;
import java.util.Iterator;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;

/** Requests as the bytes of their lines, one in memory at a time. */
final class RequestBytes extends InputStream {

    private final Stream<BatchRequest> requests;
    private final Iterator<BatchRequest> iterator;
    private byte[] line = {};
    private int position;

    RequestBytes(Stream<BatchRequest> requests) {
        this.requests = requests;
        this.iterator = requests.iterator();
    }

    @Override
    public int read() {
        return hasByte() ? line[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (!hasByte()) {
            return -1;
        }
        int count = Math.min(length, line.length - position);
        System.arraycopy(line, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean hasByte() {
        if (position == line.length && iterator.hasNext()) {
            line = iterator.next().toLine();
            position = 0;
        }
        return position < line.length;
    }

    @Override
    public void close() {
        requests.close();
    }
}
