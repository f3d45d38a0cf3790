package io.quarkiverse.openai.batch.jsonl;

import java.io.SequenceInputStream;

/** Reads a file of 1 GB in a heap of 64 MB, most of which is one line that no newline ends. */
public final class HugeLines {

    private HugeLines() {
    }

    public static void main(String[] args) {
        byte[] good = Lines.bytes(ResultLines.chat(1));
        byte[] block = new byte[1 << 20];
        int[] seen = new int[Outcome.values().length];
        JsonlReader.results(new SequenceInputStream(Lines.stream(good), new EndlessLines(block, 1000)))
                .forEach(result -> {
                    seen[result.outcome().ordinal()]++;
                    if (result.reason() != null) {
                        System.out.println(result.reason());
                    }
                });
        System.out.println(seen[Outcome.SUCCEEDED.ordinal()] + " " + seen[Outcome.MALFORMED.ordinal()]);
    }
}
