package io.quarkiverse.openai.batch.emulator.http;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.Limits;
import io.quarkiverse.openai.batch.emulator.api.BatchesApi;
import io.quarkiverse.openai.batch.emulator.api.FilesApi;
import io.quarkiverse.openai.batch.emulator.api.Reply;
import io.quarkiverse.openai.batch.emulator.api.Upload;
import io.quarkiverse.openai.batch.emulator.file.FileStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** Reads the requests of each operation, and says what they do. */
final class Operations {

    private static final String DEFAULT_ORGANIZATION = "org-emulator";

    private final Vertx vertx;
    private final FileStore files;
    private final FilesApi filesApi;
    private final BatchesApi batchesApi;
    private final Supplier<Limits> limits;

    Operations(Vertx vertx, FileStore files, FilesApi filesApi, BatchesApi batchesApi, Supplier<Limits> limits) {
        this.vertx = vertx;
        this.files = files;
        this.filesApi = filesApi;
        this.batchesApi = batchesApi;
        this.limits = limits;
    }

    /** Reads a paused request to its end. */
    Future<Effect> read(Route route, HttpServerRequest request) {
        return switch (route.operation()) {
            case CREATE_FILE -> UploadReader.read(vertx, request, files::newPath, limits.get().maxUploadBytes())
                    .map(CreateFile::new);
            case CREATE_BATCH -> RequestBody.json(request).map(json -> createBatch(json, organization(request)));
            default -> RequestBody.drain(request).map(end -> effect(route, request));
        };
    }

    private Effect effect(Route route, HttpServerRequest request) {
        String id = route.id();
        return switch (route.operation()) {
            case LIST_FILES -> now -> filesApi.list(request.getParam("purpose"), request.getParam("order"),
                    request.getParam("after"), request.getParam("limit"), now);
            case RETRIEVE_FILE -> now -> filesApi.retrieve(id, now);
            case DELETE_FILE -> now -> filesApi.delete(id, now);
            case DOWNLOAD_FILE -> now -> filesApi.content(id, now);
            case LIST_BATCHES -> now -> batchesApi.list(request.getParam("after"), request.getParam("limit"), now);
            case RETRIEVE_BATCH -> now -> batchesApi.retrieve(id, now);
            case CANCEL_BATCH -> now -> batchesApi.cancel(id, now);
            default -> throw new IllegalArgumentException(route.operation().id());
        };
    }

    private Effect createBatch(JsonNode body, String organization) {
        return now -> batchesApi.create(body, organization, now);
    }

    private static String organization(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("OpenAI-Organization")).orElse(DEFAULT_ORGANIZATION);
    }

    private final class CreateFile implements Effect {
        private final Upload upload;

        CreateFile(Upload upload) {
            this.upload = upload;
        }

        @Override
        public Reply apply(Instant now) {
            try {
                return filesApi.create(upload, now);
            } catch (RuntimeException e) {
                discard();
                throw e;
            }
        }

        @Override
        public void discard() {
            if (upload.path() != null) {
                FileStore.discard(upload.path());
            }
        }
    }
}
