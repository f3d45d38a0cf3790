package io.quarkiverse.openai.batch.endurance.sweep;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** What runs went through: the places at which processes halted, and the moves of chunks from one state to another. */
final class Seen {

    private final Set<String> halts = new ConcurrentSkipListSet<>();
    private final Set<String> moves = new ConcurrentSkipListSet<>();

    void halt(String place) {
        halts.add(place);
    }

    void moves(Collection<String> taken) {
        moves.addAll(taken);
    }

    Set<String> halts() {
        return Set.copyOf(halts);
    }

    /** Two states with a space between them. */
    Set<String> moves() {
        return Set.copyOf(moves);
    }
}
