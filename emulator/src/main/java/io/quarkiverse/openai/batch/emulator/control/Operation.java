package io.quarkiverse.openai.batch.emulator.control;

import java.util.Arrays;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The operations of the API, by the names of the OpenAPI document. */
public enum Operation {

    CREATE_FILE("createFile", "POST", "/files"),
    LIST_FILES("listFiles", "GET", "/files"),
    RETRIEVE_FILE("retrieveFile", "GET", "/files/{id}"),
    DELETE_FILE("deleteFile", "DELETE", "/files/{id}"),
    DOWNLOAD_FILE("downloadFile", "GET", "/files/{id}/content"),
    CREATE_BATCH("createBatch", "POST", "/batches"),
    LIST_BATCHES("listBatches", "GET", "/batches"),
    RETRIEVE_BATCH("retrieveBatch", "GET", "/batches/{id}"),
    CANCEL_BATCH("cancelBatch", "POST", "/batches/{id}/cancel"),
    LIST_MODELS("listModels", "GET", "/models"),
    RETRIEVE_MODEL("retrieveModel", "GET", "/models/{id}");

    private final String id;
    private final String method;
    private final String path;

    Operation(String id, String method, String path) {
        this.id = id;
        this.method = method;
        this.path = path;
    }

    /** The operation's name, such as {@code createBatch}. */
    @JsonValue
    public String id() {
        return id;
    }

    public String method() {
        return method;
    }

    /** Below the base URL, with <code>{id}</code> for the id of a file, batch or model. */
    public String path() {
        return path;
    }

    /** @throws IllegalArgumentException if there is no operation of that name */
    @JsonCreator
    public static Operation of(String id) {
        return Arrays.stream(values()).filter(operation -> operation.id.equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No operation '" + id + "'"));
    }
}
