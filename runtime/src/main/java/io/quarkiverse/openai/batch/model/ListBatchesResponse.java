package io.quarkiverse.openai.batch.model;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One page of batches (openai-openapi, schema ListBatchesResponse, 2026-08-21).
 *
 * @param object always {@code list} at OpenAI; may be null
 * @param data the batches of the page, newest first at OpenAI; never null
 * @param firstId the id of the first batch; may be null
 * @param lastId the id after which the next page begins; may be null
 * @param hasMore whether there is another page; null if the provider did not say
 * @param paging how Groq says where the next page begins; null elsewhere
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ListBatchesResponse(
        String object,
        @JsonProperty(required = true) List<Batch> data,
        @JsonProperty("first_id") String firstId,
        @JsonProperty("last_id") String lastId,
        @JsonProperty("has_more") Boolean hasMore,
        Paging paging) {

    @JsonCreator
    public ListBatchesResponse {
        data = Lenient.items(data);
        firstId = Lenient.id(firstId);
        lastId = Lenient.id(lastId);
    }

    /** Together answers with the bare array, which is all there is. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ListBatchesResponse of(List<Batch> data) {
        return new ListBatchesResponse(null, data, null, null, null, null);
    }

    /** @param nextCursor where the next page begins; null on the last page */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Paging(@JsonProperty("next_cursor") String nextCursor) {

        public Paging {
            nextCursor = Lenient.id(nextCursor);
        }
    }
}
