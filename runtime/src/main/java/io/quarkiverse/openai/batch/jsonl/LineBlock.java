package io.quarkiverse.openai.batch.jsonl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Copies of lines, side by side, to be decoded by another thread. */
final class LineBlock {

    private static final int BLOCK_BYTES = 128 << 10;

    private final List<BlockLine> lines = new ArrayList<>();
    private byte[] bytes = new byte[BLOCK_BYTES + (BLOCK_BYTES >> 2)];
    private int size;

    boolean isFull() {
        return size >= BLOCK_BYTES;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    void add(Line line) {
        int length = line.tooLong() == null ? line.to() - line.from() : 0;
        if (bytes.length < size + length) {
            bytes = Arrays.copyOf(bytes, size + length);
        }
        System.arraycopy(line.buffer(), line.from(), bytes, size, length);
        lines.add(new BlockLine(size, size + length, line.position(), line.tooLong()));
        size += length;
    }

    /** Decodes all lines; what one of them throws is thrown when it is its turn. */
    <T> List<Decoded<T>> decode(LineDecoder<T> decoder) {
        try (decoder) {
            return lines.stream().map(line -> Decoded.of(decoder, line)).toList();
        }
    }

    private final class BlockLine implements Line {

        private final int from;
        private final int to;
        private final LinePosition position;
        private final String tooLong;

        BlockLine(int from, int to, LinePosition position, String tooLong) {
            this.from = from;
            this.to = to;
            this.position = position;
            this.tooLong = tooLong;
        }

        @Override
        public byte[] buffer() {
            return bytes;
        }

        @Override
        public int from() {
            return from;
        }

        @Override
        public int to() {
            return to;
        }

        @Override
        public int end() {
            return size;
        }

        @Override
        public long moves() {
            return 0;
        }

        @Override
        public LinePosition position() {
            return position;
        }

        @Override
        public String tooLong() {
            return tooLong;
        }
    }
}
