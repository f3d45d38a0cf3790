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
 * @param notRun whether it was surely not run
 * @param known whether handlers had its result from an earlier chunk
 */
record IndexEntry(long end, int checksum, Outcome outcome, boolean unpaid, boolean notRun, boolean known) {

    static final int BYTES = Long.BYTES + Integer.BYTES + 2;
    static final IndexEntry NONE = new IndexEntry(0, 0, null, false, true, false);

    private static final int NO_OUTCOME = -1;
    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final int UNPAID = 1;
    private static final int NOT_RUN = 2;
    private static final int KNOWN = 4;

    /** Of a line that has just been answered. */
    static IndexEntry of(Outcome outcome, boolean unpaid, boolean notRun) {
        return new IndexEntry(0, 0, outcome, unpaid, notRun, false);
    }

    /**
     * Whether a line has this result and not an earlier one: the latest that succeeded counts, else the latest answer, else the
     * latest that was run, else the first.
     */
    boolean countsAfter(IndexEntry earlier) {
        int more = earlier.outcome == null ? 1 : Integer.compare(rank(outcome), rank(earlier.outcome));
        return more > 0 || more == 0 && !notRun;
    }

    private static int rank(Outcome outcome) {
        return outcome == Outcome.SUCCEEDED ? 2 : outcome == Outcome.INVALID ? 1 : 0;
    }

    IndexEntry withKnown(boolean toHandlers) {
        return new IndexEntry(end, checksum, outcome, unpaid, notRun, toHandlers);
    }

    IndexEntry at(long newEnd, int newChecksum) {
        return new IndexEntry(newEnd, newChecksum, outcome, unpaid, notRun, known);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(end);
        out.writeInt(checksum);
        out.writeByte(outcome == null ? NO_OUTCOME : outcome.ordinal());
        out.writeByte((unpaid ? UNPAID : 0) | (notRun ? NOT_RUN : 0) | (known ? KNOWN : 0));
    }

    static IndexEntry read(DataInputStream in) throws IOException {
        long end = in.readLong();
        int checksum = in.readInt();
        byte outcome = in.readByte();
        byte flags = in.readByte();
        return new IndexEntry(end, checksum, outcome == NO_OUTCOME ? null : OUTCOMES[outcome], (flags & UNPAID) != 0,
                (flags & NOT_RUN) != 0, (flags & KNOWN) != 0);
    }

    static int checksum(byte[] line) {
        CRC32C checksum = new CRC32C();
        checksum.update(line);
        return (int) checksum.getValue();
    }
}
