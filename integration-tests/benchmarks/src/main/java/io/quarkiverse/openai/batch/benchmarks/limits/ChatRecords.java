package io.quarkiverse.openai.batch.benchmarks.limits;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.quarkiverse.openai.batch.benchmarks.data.ResultLine;
import io.quarkiverse.openai.batch.benchmarks.data.ResultSink;
import io.quarkiverse.openai.batch.benchmarks.work.ResultReading;

/** Records of the fields that are needed, bound by Jackson without settings. */
public final class ChatRecords implements ResultReading {

    private static final ObjectReader READER = new JsonMapper().readerFor(new TypeReference<ResultLine<Body>>() {
    });

    @Override
    public void read(InputStream in, ResultSink sink) throws IOException {
        MappingIterator<ResultLine<Body>> lines = READER.readValues(in);
        while (lines.hasNextValue()) {
            pass(lines.nextValue(), sink);
        }
    }

    private static void pass(ResultLine<Body> line, ResultSink sink) {
        Body body = line.response().body();
        Choice choice = body.choices().get(0);
        Usage usage = body.usage();
        sink.line(line.customId(), body.model(), choice.finishReason(), choice.message().content(),
                new ResultSink.Tokens(usage.prompt(), usage.completion(), usage.total(), usage.promptDetails().cached(),
                        usage.completionDetails().reasoning()));
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Body(String id, String model, long created, List<Choice> choices, Usage usage) {
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Choice(int index, Message message, @JsonProperty("finish_reason") String finishReason) {
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Message(String content, String refusal) {
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Usage(@JsonProperty("prompt_tokens") long prompt, @JsonProperty("completion_tokens") long completion,
            @JsonProperty("total_tokens") long total, @JsonProperty("prompt_tokens_details") PromptDetails promptDetails,
            @JsonProperty("completion_tokens_details") CompletionDetails completionDetails) {
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record PromptDetails(@JsonProperty("cached_tokens") long cached) {
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record CompletionDetails(@JsonProperty("reasoning_tokens") long reasoning) {
    }
}
