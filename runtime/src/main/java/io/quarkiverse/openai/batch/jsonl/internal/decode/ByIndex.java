package io.quarkiverse.openai.batch.jsonl.internal.decode;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/** The order of items that name their place: providers send them in any other. */
final class ByIndex {

    private ByIndex() {
    }

    /**
     * @param items may be null; those with equal indexes keep their order
     */
    static <T> void sort(List<T> items, ToIntFunction<T> index) {
        if (items != null && items.size() > 1) {
            items.sort(Comparator.comparingInt(index));
        }
    }
}
