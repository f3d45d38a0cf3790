package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.zip.CRC32C;

import io.quarkiverse.openai.batch.jsonl.Outcome;

/**
 * What the index of stored results says of a line of the chunk.
 *
 * @param end the offset at which its result ends, and the result of the next line begins
 * @param checksum CRC-32C of the result
 * @param outcome null if the line has no result here, since it was sent again in another chunk
 * @param unpaid whether it was surely not paid for
 */
record IndexEntry(long end, int checksum, Outcome outcome, boolean unpaid) {

    static final int BYTES = Long.BYTES + Integer.BYTES + 2;

    private static final int NO_OUTCOME = -1;
    private static final Outcome[] OUTCOMES = Outcome.values();

    void write(DataOutputStream out) throws IOException {
        out.writeLong(end);
        out.writeInt(checksum);
        out.writeByte(outcome == null ? NO_OUTCOME : outcome.ordinal());
        out.writeBoolean(unpaid);
    }

    static IndexEntry read(DataInputStream in) throws IOException {
        long end = in.readLong();
        int checksum = in.readInt();
        byte outcome = in.readByte();
        return new IndexEntry(end, checksum, outcome == NO_OUTCOME ? null : OUTCOMES[outcome], in.readBoolean());
    }

    static int checksum(byte[] line) {
        CRC32C checksum = new CRC32C();
        checksum.update(line);
        return (int) checksum.getValue();
    }
}
