package io.quarkiverse.openai.batch.benchmarks.data;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * A result line around the body of a library that has no type for the line.
 *
 * @param <B> the body's type
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ResultLine<B>(@JsonProperty("id") String id, @JsonProperty("custom_id") String customId,
        @JsonProperty("response") Response<B> response, @JsonProperty("error") JsonNode error) {

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Response<B>(@JsonProperty("status_code") int statusCode, @JsonProperty("request_id") String requestId,
            @JsonProperty("body") B body) {
    }
}
