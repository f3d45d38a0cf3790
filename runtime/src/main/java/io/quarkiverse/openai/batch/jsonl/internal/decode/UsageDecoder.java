package io.quarkiverse.openai.batch.jsonl.internal.decode;

import java.io.IOException;

import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.jsonl.internal.json.JsonReads;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineJsonParser;

/** Reads token counts by the names of every endpoint. */
final class UsageDecoder {

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
                case "prompt_tokens", "input_tokens" -> input = JsonReads.integer(p);
                case "completion_tokens", "output_tokens" -> output = JsonReads.integer(p);
                case "total_tokens" -> total = JsonReads.integer(p);
                case "prompt_tokens_details", "input_tokens_details" -> cached = detail(p, "cached_tokens");
                case "completion_tokens_details", "output_tokens_details" -> reasoning = detail(p, "reasoning_tokens");
                default -> JsonReads.skip(p);
            }
        }
        return new Usage(input, output, total == 0 ? input + output : total, cached, reasoning);
    }

    private static long detail(LineJsonParser p, String wanted) throws IOException {
        long value = 0;
        if (JsonReads.object(p)) {
            for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
                if (name.equals(wanted)) {
                    value = JsonReads.integer(p);
                } else {
                    JsonReads.skip(p);
                }
            }
        }
        return value;
    }
}
