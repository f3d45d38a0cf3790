package io.quarkiverse.openai.batch.runtime.job.collect;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.CustomIds;
import io.quarkiverse.openai.batch.jsonl.JsonlReader;
import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.runtime.job.result.Payment;

/**
 * Finds for each line of a chunk the one result that counts: the first answered with 2xx beats everything, the output file
 * beats the error file, and else the latest attempt counts. It keeps ten bytes a line beside the table of ids, and eight more
 * if lines have two such answers.
 */
final class LineAccount implements Closeable {

    private static final long NO_RESULT = Long.MIN_VALUE;
    private static final Payment[] PAYMENTS = Payment.values();

    private final CustomIds ids = new CustomIds();
    /** Offsets in the output file; negative ones are the complements of offsets in the error file. */
    private final long[] places;
    /** Places of second answers with 2xx; null if there are none. */
    private long[] seconds;
    private final byte[] ranks;
    private final byte[] payments;
    private final LinesAtOffsets output;
    private final LinesAtOffsets errors;
    private final long longAbove;
    private Usage usage = Usage.NONE;
    private Usage longPrompts = Usage.NONE;
    private int foreign;
    private int extra;
    private int unattributed;
    private String strangeFields;

    /**
     * Reads the results of a chunk.
     *
     * @param customIds the ids of the chunk
     * @param lines how many these are
     * @param longAbove the tokens that a prompt has more than if its line is counted as a long one
     */
    LineAccount(Stream<String> customIds, int lines, Path output, Path errors, long longAbove) throws IOException {
        this.longAbove = longAbove;
        customIds.forEach(ids::add);
        if (ids.size() != lines) {
            throw new IOException("There are %d ids of %d lines".formatted(ids.size(), lines));
        }
        this.places = new long[lines];
        Arrays.fill(places, NO_RESULT);
        this.ranks = new byte[lines];
        this.payments = new byte[lines];
        Arrays.fill(payments, (byte) Payment.UNKNOWN_ANSWER.ordinal());
        JsonlReader.outcomes(output).forEach(result -> add(result, true));
        JsonlReader.outcomes(errors).forEach(result -> add(result, false));
        this.output = new LinesAtOffsets(output);
        this.errors = new LinesAtOffsets(errors);
    }

    private void add(BatchResult result, boolean fromOutput) {
        int line = result.customId() == null ? -1 : ids.find(result.customId());
        if (line >= 0) {
            addTo(line, result, fromOutput);
            return;
        }
        unattributed += result.customId() == null ? 1 : 0;
        foreign += result.customId() == null ? 0 : 1;
        strangeFields = strangeFields == null ? FieldNames.of(result.line()) : strangeFields;
    }

    private void addTo(int line, BatchResult result, boolean fromOutput) {
        Payment payment = Payment.of(result);
        byte rank = rank(payment, fromOutput);
        extra += isAnswered(line) ? 1 : 0;
        boolean better = rank > ranks[line] || rank == ranks[line] && payment != Payment.PAID;
        if (better) {
            places[line] = place(result, fromOutput);
            ranks[line] = rank;
            payments[line] = (byte) payment.ordinal();
            if (payment == Payment.PAID) {
                count(result.usage());
            }
        } else if (payment == Payment.PAID) {
            addSecond(line, result, fromOutput);
        }
    }

    private void addSecond(int line, BatchResult result, boolean fromOutput) {
        if (seconds == null) {
            seconds = new long[lines()];
            Arrays.fill(seconds, NO_RESULT);
        }
        if (seconds[line] == NO_RESULT) {
            seconds[line] = place(result, fromOutput);
        }
    }

    private static long place(BatchResult result, boolean fromOutput) {
        long offset = result.position().offset();
        return fromOutput ? offset : ~offset;
    }

    private void count(Usage paid) {
        usage = usage.plus(paid);
        longPrompts = paid.inputTokens() > longAbove ? longPrompts.plus(paid) : longPrompts;
    }

    private static byte rank(Payment payment, boolean fromOutput) {
        if (payment == Payment.PAID) {
            return 4;
        }
        if (payment == Payment.UNKNOWN_ANSWER) {
            return 1;
        }
        return (byte) (fromOutput ? 3 : 2);
    }

    int lines() {
        return places.length;
    }

    /** {@link Payment#UNKNOWN_ANSWER} for a line without a result. */
    Payment payment(int line) {
        return PAYMENTS[payments[line]];
    }

    boolean isAnswered(int line) {
        return places[line] != NO_RESULT;
    }

    /** The result of a line that is answered, as it came, without its newline. */
    byte[] result(int line) throws IOException {
        long place = places[line];
        return place < 0 ? errors.read(~place) : output.read(place);
    }

    boolean hasSecond(int line) {
        return seconds != null && seconds[line] != NO_RESULT;
    }

    /** Lets the second answer of a line count instead of the first one, or the other way round. */
    void swap(int line) {
        long first = places[line];
        places[line] = seconds[line];
        seconds[line] = first;
    }

    /** The tokens of the lines that were paid for. */
    Usage usage() {
        return usage;
    }

    /** Of these, the tokens of lines with long prompts. */
    Usage longPrompts() {
        return longPrompts;
    }

    long paid() {
        return count(line -> payment(line) == Payment.PAID);
    }

    /** Lines that may have been paid for, as far as the results tell. */
    long unknown() {
        return count(line -> payment(line) == Payment.UNKNOWN_ANSWER || payment(line) == Payment.UNKNOWN_ERROR);
    }

    /** Whether a line has no result, or none that can be read. */
    boolean hasUnknown() {
        return count(line -> payment(line) == Payment.UNKNOWN_ANSWER) > 0;
    }

    private long count(IntPredicate which) {
        return IntStream.range(0, lines()).filter(which).count();
    }

    /** Result lines that answer no line of the chunk. */
    int foreign() {
        return foreign;
    }

    /** Result lines beyond the one that counts. */
    int extra() {
        return extra;
    }

    /** Result lines that cannot be read so far as to tell which request they answer. */
    int unattributed() {
        return unattributed;
    }

    /** The names of the fields of the first line that answers no line of the chunk; null if there is none. */
    String strangeFields() {
        return strangeFields;
    }

    @Override
    public void close() throws IOException {
        output.close();
        errors.close();
    }
}
