package io.quarkiverse.openai.batch.emulator.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.openai.batch.emulator.answer.Hash64;

/**
 * Which lines were executed how often, and in which batches. A line is known by its custom_id and a hash of its body; that is
 * some 60 bytes a line, so a million lines fit. Thread-safe.
 */
public final class Ledger {

    /** Whether an execution was paid. */
    public enum Payment {
        /** Answered with 2xx, in the output file. */
        PAID,
        /** Answered with 2xx, but in no file, or not readable there. */
        PAID_UNDELIVERED,
        /** Answered with anything else. */
        UNPAID
    }

    /**
     * A line and its executions.
     *
     * @param bodyHash 16 hexadecimal digits
     * @param paid how often it was answered with 2xx
     * @param undelivered how many of these answers are not readable in an output file
     * @param unpaid how often it was answered with anything else
     * @param batches ids of the batches that executed it, in order
     */
    public record Line(String customId, String bodyHash, int paid, int undelivered, int unpaid, List<String> batches) {
    }

    /**
     * The ledger in short.
     *
     * @param lines different lines executed
     * @param paid executions answered with 2xx
     * @param undelivered how many of these answers are not readable in an output file
     * @param unpaid executions answered with anything else
     * @param paidMoreThanOnce lines answered with 2xx more than once
     */
    public record Summary(long lines, long paid, long undelivered, long unpaid, long paidMoreThanOnce) {
    }

    private LineTable table = new LineTable();
    private final List<String> batches = new ArrayList<>();
    private final Map<String, Integer> batchNumbers = new HashMap<>();
    private final Map<Integer, List<Integer>> laterBatches = new LinkedHashMap<>();
    private final Map<Integer, String> paidMoreThanOnce = new LinkedHashMap<>();
    private long paid;
    private long undelivered;
    private long unpaid;

    /** Enters one execution. */
    public synchronized void executed(String batchId, String customId, byte[] body, Payment payment) {
        int line = table.find(Hash64.of(customId), Hash64.of(body));
        enterBatch(line, batchId);
        switch (payment) {
            case PAID -> paid++;
            case PAID_UNDELIVERED -> {
                paid++;
                undelivered++;
            }
            default -> unpaid++;
        }
        if (table.enter(line, payment) > 1 && payment != Payment.UNPAID) {
            paidMoreThanOnce.put(line, customId);
        }
    }

    private void enterBatch(int line, String batchId) {
        int batch = batchNumbers.computeIfAbsent(batchId, key -> {
            batches.add(key);
            return batches.size() - 1;
        });
        if (!table.enterFirstBatch(line, batch)) {
            laterBatches.computeIfAbsent(line, key -> new ArrayList<>(1)).add(batch);
        }
    }

    /** The lines of that custom_id; more than one if it was used with different bodies. */
    public synchronized List<Line> lines(String customId) {
        return table.all(Hash64.of(customId)).stream().map(line -> line(line, customId)).toList();
    }

    /** How often the lines of that custom_id were answered with 2xx. */
    public synchronized long paid(String customId) {
        return table.all(Hash64.of(customId)).stream().mapToLong(line -> table.count(line, Payment.PAID)).sum();
    }

    /** The first lines that were answered with 2xx more than once. */
    public synchronized List<Line> paidMoreThanOnce(int max) {
        return paidMoreThanOnce.entrySet().stream().limit(max).map(entry -> line(entry.getKey(), entry.getValue())).toList();
    }

    private Line line(int line, String customId) {
        List<String> ids = new ArrayList<>();
        ids.add(batches.get(table.firstBatch(line)));
        laterBatches.getOrDefault(line, List.of()).forEach(batch -> ids.add(batches.get(batch)));
        return new Line(customId, String.format("%016x", table.bodyHash(line)), table.count(line, Payment.PAID),
                table.count(line, Payment.PAID_UNDELIVERED), table.count(line, Payment.UNPAID), ids);
    }

    public synchronized Summary summary() {
        return new Summary(table.size(), paid, undelivered, unpaid, paidMoreThanOnce.size());
    }

    public synchronized void clear() {
        table = new LineTable();
        batches.clear();
        batchNumbers.clear();
        laterBatches.clear();
        paidMoreThanOnce.clear();
        paid = 0;
        undelivered = 0;
        unpaid = 0;
    }
}
