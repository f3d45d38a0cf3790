package io.quarkiverse.openai.batch.endurance.sweep;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.LongAdder;

/** What runs went through: the places at which processes halted, and the moves of chunks from one state to another. */
final class Seen {

    private final Set<String> halts = new ConcurrentSkipListSet<>();
    private final LongAdder answeredAgain = new LongAdder();
    private final Set<String> moves = new ConcurrentSkipListSet<>();

    void halt(String place) {
        halts.add(place);
    }

    void moves(Collection<String> taken) {
        moves.addAll(taken);
    }

    /** Lines that were asked for again since their answers were invalid, and were answered again. */
    void answeredAgain(long lines) {
        answeredAgain.add(lines);
    }

    long answeredAgain() {
        return answeredAgain.sum();
    }

    Set<String> halts() {
        return Set.copyOf(halts);
    }

    /** Two states with a space between them. */
    Set<String> moves() {
        return Set.copyOf(moves);
    }
}
