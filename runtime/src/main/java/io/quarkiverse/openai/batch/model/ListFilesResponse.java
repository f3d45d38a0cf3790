package io.quarkiverse.openai.batch.model;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One page of files (openai-openapi, schema ListFilesResponse, 2026-08-21).
 *
 * @param object always {@code list} at OpenAI; may be null
 * @param data the files of the page; never null
 * @param firstId the id of the first file; may be null
 * @param lastId the id after which the next page begins; may be null
 * @param hasMore whether there is another page; null if the provider did not say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ListFilesResponse(
        String object,
        @JsonProperty(required = true) List<FileObject> data,
        @JsonProperty("first_id") String firstId,
        @JsonProperty("last_id") String lastId,
        @JsonProperty("has_more") Boolean hasMore) {

    public ListFilesResponse {
        data = Lenient.items(data);
        firstId = Lenient.id(firstId);
        lastId = Lenient.id(lastId);
    }
}
