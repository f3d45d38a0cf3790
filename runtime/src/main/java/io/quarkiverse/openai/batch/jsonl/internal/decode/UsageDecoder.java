package io.quarkiverse.openai.batch.jsonl.internal.decode;

import java.io.IOException;

import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.jsonl.internal.json.JsonReads;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineJsonParser;

/** Reads token counts by the names of every endpoint. No line uses less than 0 tokens or more than 10^12. */
final class UsageDecoder {

    private static final long MOST = 1_000_000_000_000L;

    private UsageDecoder() {
    }

    /** Reads the next value. */
    static Usage read(LineJsonParser p) throws IOException {
        if (!JsonReads.object(p)) {
            return Usage.NONE;
        }
        long input = 0;
        long output = 0;
        long total = 0;
        long cached = 0;
        long reasoning = 0;
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            switch (name) {
                case "prompt_tokens", "input_tokens" -> input = count(p);
                case "completion_tokens", "output_tokens" -> output = count(p);
                case "total_tokens" -> total = count(p);
                case "prompt_tokens_details", "input_tokens_details" -> cached = detail(p, "cached_tokens");
                case "completion_tokens_details", "output_tokens_details" -> reasoning = detail(p, "reasoning_tokens");
                default -> JsonReads.skip(p);
            }
        }
        return new Usage(input, output, total == 0 ? Math.min(MOST, input + output) : total, cached, reasoning);
    }

    private static long count(LineJsonParser p) throws IOException {
        return Math.max(0, Math.min(MOST, JsonReads.integer(p)));
    }

    private static long detail(LineJsonParser p, String wanted) throws IOException {
        long value = 0;
        if (JsonReads.object(p)) {
            for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
                if (name.equals(wanted)) {
                    value = count(p);
                } else {
                    JsonReads.skip(p);
                }
            }
        }
        return value;
    }
}
