package io.quarkiverse.openai.batch.endurance.sweep;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.Faults;
import io.quarkiverse.openai.batch.emulator.control.Ledger;
import io.quarkiverse.openai.batch.emulator.control.LineFault;

/**
 * Which lines get invalid answers.
 *
 * @param times how many of its answers are invalid, by the id of a line
 * @param attempts how often such a line is sent again; -1 if no answer is invalid
 */
record InvalidLines(Map<String, Integer> times, int attempts) {

    static final InvalidLines NONE = new InvalidLines(Map.of(), -1);

    private static final int ALWAYS = 99;

    /** A fifth of the lines. */
    static InvalidLines random(Random random, int lines) {
        int[] choices = { 1, 1, 2, ALWAYS };
        Map<String, Integer> times = new HashMap<>();
        random.ints(lines / 5, 0, lines).forEach(n -> times.put("line-" + n, choices[random.nextInt(choices.length)]));
        return new InvalidLines(times, random.nextInt(3));
    }

    /** Whatever else happens to a batch. */
    void addTo(Faults faults) {
        faults.add(new BatchFault().always());
        for (int most : Set.copyOf(times.values())) {
            LineFault fault = LineFault.invalid(times.entrySet().stream().filter(line -> line.getValue() == most)
                    .map(Map.Entry::getKey).collect(Collectors.toSet()), most);
            faults.batchFaults().forEach(state -> state.fault().lines(fault));
        }
    }

    /**
     * What is wrong with the outcome of a line; null if nothing is.
     *
     * @param paid how often it was answered
     * @param undelivered how many of these answers cannot be read
     */
    String problem(String line, String outcome, long paid, long undelivered) {
        int invalid = times.getOrDefault(line, 0);
        if (paid > 1 + Math.min(invalid, Math.max(0, attempts))) {
            return "paid " + paid + " times";
        }
        long valid = Math.max(0, paid - invalid);
        long delivered = paid - undelivered;
        boolean right = switch (outcome) {
            case "SUCCEEDED" -> valid > 0;
            case "INVALID" -> invalid > 0 && delivered > 0 && valid <= undelivered;
            default -> delivered == 0;
        };
        return right ? null : "is %s, and %d of its %d answers are invalid".formatted(outcome, Math.min(invalid, paid), paid);
    }

    /** Lines that were sent again since their answers were invalid, and answered again. */
    long answeredAgain(Ledger ledger) {
        return times.keySet().stream().filter(line -> ledger.paid(line) > 1).count();
    }
}
