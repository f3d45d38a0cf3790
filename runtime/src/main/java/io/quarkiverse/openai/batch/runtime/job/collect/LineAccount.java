package io.quarkiverse.openai.batch.runtime.job.collect;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.runtime.job.result.Payment;

/**
 * Finds for each line of a chunk the one result that counts: the first answered with 2xx beats everything, the output file
 * beats the error file, and else the latest attempt counts. It keeps some ten bytes a line beside the ids.
 */
final class LineAccount {

    private static final int NO_RESULT = -1;

    private final List<String> ids;
    private final Map<String, Integer> lineOfId;
    private final int[] resultOfLine;
    private final byte[] rankOfLine;
    private final Payment[] paymentOfLine;
    private int results;
    private int foreign;
    private int extra;
    private int unattributed;

    /**
     * @param ids of the lines, in their order
     */
    LineAccount(List<String> ids) {
        this.ids = ids;
        this.lineOfId = new HashMap<>(ids.size() * 2);
        for (int line = 0; line < ids.size(); line++) {
            lineOfId.put(ids.get(line), line);
        }
        this.resultOfLine = new int[ids.size()];
        Arrays.fill(resultOfLine, NO_RESULT);
        this.rankOfLine = new byte[ids.size()];
        this.paymentOfLine = new Payment[ids.size()];
    }

    /** The next result line. */
    void add(BatchResult result, boolean fromOutput) {
        int number = results++;
        Integer line = result.customId() == null ? null : lineOfId.get(result.customId());
        if (result.customId() == null) {
            unattributed++;
        } else if (line == null) {
            foreign++;
        } else {
            addTo(line, number, Payment.of(result), fromOutput);
        }
    }

    private void addTo(int line, int number, Payment payment, boolean fromOutput) {
        byte rank = rank(payment, fromOutput);
        boolean first = resultOfLine[line] == NO_RESULT;
        if (!first) {
            extra++;
        }
        boolean better = rank > rankOfLine[line] || rank == rankOfLine[line] && payment != Payment.PAID;
        if (first || better) {
            resultOfLine[line] = number;
            rankOfLine[line] = rank;
            paymentOfLine[line] = payment;
        }
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
        return ids.size();
    }

    String id(int line) {
        return ids.get(line);
    }

    /** {@link Payment#UNKNOWN_ANSWER} for a line without a result. */
    Payment payment(int line) {
        return paymentOfLine[line] == null ? Payment.UNKNOWN_ANSWER : paymentOfLine[line];
    }

    boolean isAnswered(int line) {
        return resultOfLine[line] != NO_RESULT;
    }

    long paid() {
        return IntStream.range(0, lines()).filter(line -> payment(line) == Payment.PAID).count();
    }

    /** Lines that may have been paid for, as far as the results tell. */
    long unknown() {
        return IntStream.range(0, lines())
                .filter(line -> payment(line) == Payment.UNKNOWN_ANSWER || payment(line) == Payment.UNKNOWN_ERROR).count();
    }

    /** Whether a line has no result, or none that can be read. */
    boolean hasUnknown() {
        return IntStream.range(0, lines()).anyMatch(line -> payment(line) == Payment.UNKNOWN_ANSWER);
    }

    int foreign() {
        return foreign;
    }

    int extra() {
        return extra;
    }

    /** Lines that cannot be read, and do not tell whose they are. */
    int unattributed() {
        return unattributed;
    }

    /** Which result lines count, of the lines that are not sent again. */
    BitSet chosen(BitSet resent) {
        BitSet chosen = new BitSet(results);
        for (int line = 0; line < resultOfLine.length; line++) {
            if (resultOfLine[line] != NO_RESULT && !resent.get(line)) {
                chosen.set(resultOfLine[line]);
            }
        }
        return chosen;
    }
}
