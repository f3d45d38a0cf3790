package io.quarkiverse.openai.batch.benchmarks.data;

import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Answers of models, always the same: with quotes, line breaks and, in every fifth, letters outside ASCII. */
public enum Answers {

    /** Structured answers of a classification or an extraction: short JSON objects. */
    STRUCTURED(Answers::structured),

    /** Texts of uneven length, 1,200 characters in the mean. */
    TEXT(i -> Words.text(new Random(i), 1_200, i % 5 == 0));

    private static final int COUNT = 1_000;

    private final List<String> all;

    Answers(IntFunction<String> make) {
        this.all = IntStream.range(0, COUNT).mapToObj(make).toList();
    }

    public String get(int index) {
        return all.get(index % COUNT);
    }

    private static String structured(int index) {
        Random random = new Random(index);
        String reason = Words.text(random, 100, index % 5 == 0).replace("\"", "'").replace("\n", " ");
        return "{\"sentiment\":\"%s\",\"stars\":%d,\"reason\":\"%s\"}".formatted(
                random.nextBoolean() ? "positive" : "negative", random.nextInt(6), reason);
    }
}
