package io.quarkiverse.openai.batch.jsonl;

import java.io.InputStream;

/** A stream of so many lines, the same block over and over, so that making them takes no time and no memory. */
final class EndlessLines extends InputStream {

    private final byte[] block;
    private final long bytes;
    private long position;

    EndlessLines(byte[] block, long repetitions) {
        this.block = block;
        this.bytes = block.length * repetitions;
    }

    @Override
    public int read() {
        return position == bytes ? -1 : block[(int) (position++ % block.length)] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (position == bytes) {
            return -1;
        }
        int from = (int) (position % block.length);
        int count = (int) Math.min(Math.min(length, block.length - from), bytes - position);
        System.arraycopy(block, from, target, offset, count);
        position += count;
        return count;
    }
}
