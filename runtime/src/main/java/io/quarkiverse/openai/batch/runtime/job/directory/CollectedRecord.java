package io.quarkiverse.openai.batch.runtime.job.directory;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32;

import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Collector;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Entry;

/**
 * A line of a file of collected requests: a checksum, what it is, and its fields; the line of a request comes last, since it
 * has
 * spaces.
 */
final class CollectedRecord {

    private static final String COLLECTOR = "collector";
    private static final String REQUEST = "request";
    private static final String JOB = "job";
    private static final int SUM = 8;

    private final String[] fields;
    private final byte[] line;

    private CollectedRecord(String[] fields, byte[] line) {
        this.fields = fields;
        this.line = line;
    }

    static byte[] of(Collector collector) {
        return bytes(COLLECTOR + " " + encoded(collector.name()) + " " + encoded(collector.client()) + " "
                + encoded(collector.endpoint()), new byte[0]);
    }

    /** All that follows in its file is of this collector. */
    boolean isCollector() {
        return fields[0].equals(COLLECTOR);
    }

    Collector collector() {
        return new Collector(decoded(fields[1]), decoded(fields[2]), decoded(fields[3]));
    }

    static byte[] of(Entry entry) {
        return bytes(REQUEST + " " + encoded(entry.customId()) + " " + entry.digest() + " " + entry.addedAt().toEpochMilli(),
                entry.line());
    }

    boolean isRequest() {
        return fields[0].equals(REQUEST);
    }

    /** With an empty line if that was read. */
    Entry entry() {
        return new Entry(decoded(fields[1]), line, fields[2], Instant.ofEpochMilli(Long.parseLong(fields[3])));
    }

    /** The job has claimed all that comes before in its file. */
    static byte[] ofJob(String job) {
        return bytes(JOB + " " + encoded(job), new byte[0]);
    }

    boolean isJob() {
        return fields[0].equals(JOB);
    }

    String job() {
        return decoded(fields[1]);
    }

    private static byte[] bytes(String fields, byte[] line) {
        byte[] start = (fields + "\t").getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[SUM + 1 + start.length + line.length + 1];
        System.arraycopy(start, 0, all, SUM + 1, start.length);
        System.arraycopy(line, 0, all, SUM + 1 + start.length, line.length);
        System.arraycopy(sum(all, all.length - 1).getBytes(StandardCharsets.US_ASCII), 0, all, 0, SUM);
        all[SUM] = ' ';
        all[all.length - 1] = '\n';
        return all;
    }

    /** Null if it is damaged, or a write of it was broken off. */
    static CollectedRecord parse(byte[] bytes) {
        int tab = indexOfTab(bytes);
        if (tab < 0 || bytes[SUM] != ' '
                || !sum(bytes, bytes.length).equals(new String(bytes, 0, SUM, StandardCharsets.US_ASCII))) {
            return null;
        }
        return new CollectedRecord(new String(bytes, SUM + 1, tab - SUM - 1, StandardCharsets.US_ASCII).split(" ", -1),
                Arrays.copyOfRange(bytes, tab + 1, bytes.length));
    }

    private static int indexOfTab(byte[] bytes) {
        for (int n = SUM + 1; n < bytes.length; n++) {
            if (bytes[n] == '\t') {
                return n;
            }
        }
        return -1;
    }

    private static String sum(byte[] bytes, int length) {
        CRC32 sum = new CRC32();
        sum.update(bytes, SUM + 1, length - SUM - 1);
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
