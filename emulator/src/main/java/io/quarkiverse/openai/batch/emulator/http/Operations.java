package io.quarkiverse.openai.batch.emulator.http;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.api.ApiException;
import io.quarkiverse.openai.batch.emulator.api.Backend;
import io.quarkiverse.openai.batch.emulator.api.BatchesApi;
import io.quarkiverse.openai.batch.emulator.api.Effect;
import io.quarkiverse.openai.batch.emulator.api.FilesApi;
import io.quarkiverse.openai.batch.emulator.api.ModelsApi;
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
    private final Backend backend;
    private final FilesApi filesApi;
    private final BatchesApi batchesApi;
    private final ModelsApi modelsApi;

    Operations(Vertx vertx, Backend backend) {
        this.vertx = vertx;
        this.backend = backend;
        this.filesApi = new FilesApi(backend.files(), backend.batches(), backend.faults());
        this.batchesApi = new BatchesApi(backend.batches(), backend.files(), backend.limits()::get, backend.faults());
        this.modelsApi = new ModelsApi(backend.clock().instant());
    }

    /** Reads a paused request to its end. */
    Future<Effect> read(Route route, HttpServerRequest request) {
        return switch (route.operation()) {
            case CREATE_FILE -> UploadReader.read(vertx, request, backend.files()::newPath,
                    backend.limits().get().maxUploadBytes()).map(CreateFile::new);
            case CREATE_BATCH -> RequestBody.json(request).map(body -> new CreateBatch(body, organization(request)));
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
            case LIST_MODELS -> now -> modelsApi.list();
            case RETRIEVE_MODEL -> now -> modelsApi.retrieve(id);
            case CANCEL_BATCH -> now -> batchesApi.cancel(id, now);
            default -> throw new IllegalArgumentException(route.operation().id());
        };
    }

    /** Lets an effect take place now, on a worker thread. */
    Future<Reply> apply(Effect effect) {
        return vertx.executeBlocking(() -> {
            backend.lateEffects().applyDue();
            return effect.apply(backend.clock().instant());
        }, false);
    }

    /** What the operation answers if its file or batch does not exist. */
    static ApiException notFound(Route route, Effect effect) {
        return switch (route.operation()) {
            case RETRIEVE_BATCH, CANCEL_BATCH -> ApiException.noSuchBatch(route.id());
            case RETRIEVE_MODEL -> ApiException.noSuchModel(route.id());
            case RETRIEVE_FILE, DELETE_FILE, DOWNLOAD_FILE -> ApiException.noSuchFile(route.id());
            default -> effect instanceof CreateBatch create ? create.noSuchInput() : ApiException.notFound("Not found.", null);
        };
    }

    private static String organization(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader("OpenAI-Organization")).orElse(DEFAULT_ORGANIZATION);
    }

    private final class CreateBatch implements Effect {
        private final JsonNode body;
        private final String organization;

        CreateBatch(JsonNode body, String organization) {
            this.body = body;
            this.organization = organization;
        }

        @Override
        public Reply apply(Instant now) {
            return batchesApi.create(body, organization, now);
        }

        ApiException noSuchInput() {
            return BatchesApi.noSuchInput(body.path("input_file_id").asText());
        }
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
