package io.quarkiverse.openai.batch.benchmarks.data;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A request line around the body of a library that has no type for the line. */
public record RequestLine(@JsonProperty("custom_id") String customId, @JsonProperty("method") String method,
        @JsonProperty("url") String url, @JsonProperty("body") Object body) {

    public static RequestLine of(int index, Object body) {
        return new RequestLine(Prompts.customId(index), "POST", Prompts.URL, body);
    }
}
