package io.quarkiverse.openai.batch.emulator.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.api.ApiException;
import io.quarkiverse.openai.batch.emulator.api.Reply;
import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.EmulatorControl;
import io.quarkiverse.openai.batch.emulator.control.ForeignBatches;
import io.quarkiverse.openai.batch.emulator.control.Limits;
import io.quarkiverse.openai.batch.emulator.control.ListingFault;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RecordedRequest;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.quarkiverse.openai.batch.emulator.control.WebhookFault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** The control interface over HTTP: {@link EmulatorControl}, below {@code /control}, for callers with the token. */
final class ControlApi {

    private static final String PATH = "/control/";
    private static final String TOKEN = "X-Control-Token";
    private static final String FAULT = "faults/";
    private static final int DEFAULT_LIMIT = 100;

    private final EmulatorControl emulator;
    private final boolean enabled;

    ControlApi(EmulatorControl emulator, boolean enabled) {
        this.emulator = emulator;
        this.enabled = enabled;
    }

    boolean serves(HttpServerRequest request) {
        return enabled && request.path().startsWith(PATH);
    }

    /** @throws ApiException 403 without the token */
    Future<Reply> reply(Vertx vertx, HttpServerRequest request) {
        String token = Optional.ofNullable(request.getHeader(TOKEN)).orElse("");
        if (!RequestGuard.same(token, emulator.controlToken())) {
            throw ApiException.forbidden("The control interface wants its token in the header " + TOKEN + ".");
        }
        return RequestBody.json(request)
                .compose(body -> vertx.executeBlocking(() -> Reply.json(ControlJson.write(control(request, body))), false));
    }

    private Object control(HttpServerRequest request, JsonNode body) {
        String path = request.path().substring(PATH.length());
        try {
            return switch (request.method().name()) {
                case "GET" -> get(path, request);
                case "POST" -> post(path, body);
                case "PATCH" -> patch(path, body);
                case "DELETE" -> delete(path);
                default -> throw nothing(request.method().name(), path);
            };
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest(e.getMessage(), null, null);
        }
    }

    private Object get(String path, HttpServerRequest request) {
        return switch (path) {
            case "faults" -> faults();
            case "ledger" -> ledger(request.getParam("customId"));
            case "requests" -> requests(request.getParam("operation"), request.getParam("limit"));
            case "limits" -> emulator.limits();
            case "clock" -> Map.of("now", emulator.clock().instant());
            case "speed" -> Map.of("speed", emulator.speed());
            case "batches" -> Map.of("data", emulator.batches());
            case "webhooks" -> Map.of("data", emulator.webhooks());
            case "files" -> Map.of("data", emulator.files());
            default -> throw nothing("GET", path);
        };
    }

    private Object post(String path, JsonNode body) {
        return switch (path) {
            case "faults" -> Map.of("id", emulator.faults().add(ControlJson.read(body, RequestFault.class)));
            case "batch-faults" -> Map.of("id", emulator.faults().add(ControlJson.read(body, BatchFault.class)));
            case "listing-faults" -> Map.of("id", emulator.faults().add(ControlJson.read(body, ListingFault.class)));
            case "webhook-faults" -> Map.of("id", emulator.faults().add(ControlJson.read(body, WebhookFault.class)));
            case "foreign-batches" -> foreignBatches(ControlJson.read(body, ForeignBatches.class));
            case "clock" -> Map.of("now",
                    emulator.clock().advance(ControlJson.read(body.path("advance"), Duration.class)));
            case "reset" -> {
                emulator.reset();
                yield Map.of();
            }
            default -> throw nothing("POST", path);
        };
    }

    private Object patch(String path, JsonNode body) {
        return switch (path) {
            case "limits" -> {
                emulator.limits(ControlJson.merge(emulator.limits(), body, Limits.class));
                yield emulator.limits();
            }
            case "speed" -> {
                emulator.speed(body.path("speed").asDouble());
                yield Map.of("speed", emulator.speed());
            }
            default -> throw nothing("PATCH", path);
        };
    }

    private Object delete(String path) {
        switch (path) {
            case "faults" -> emulator.faults().clear();
            case "ledger" -> emulator.ledger().clear();
            case "requests" -> emulator.requests().clear();
            default -> {
                if (!path.startsWith(FAULT) || !emulator.faults().remove(path.substring(FAULT.length()))) {
                    throw nothing("DELETE", path);
                }
            }
        }
        return Map.of();
    }

    private static ApiException nothing(String method, String path) {
        return ApiException.notFound("There is nothing to " + method + " at " + PATH + path, null);
    }

    private Object faults() {
        return Map.of("requestFaults", emulator.faults().requestFaults(), "batchFaults", emulator.faults().batchFaults(),
                "listingFaults", emulator.faults().listingFaults(), "webhookFaults", emulator.faults().webhookFaults());
    }

    private Object foreignBatches(ForeignBatches batches) {
        emulator.addForeignBatches(batches);
        return Map.of("count", batches.count());
    }

    private Object ledger(String customId) {
        if (customId != null) {
            return Map.of("data", emulator.ledger().lines(customId));
        }
        return Map.of("summary", emulator.ledger().summary(),
                "paidMoreThanOnce", emulator.ledger().paidMoreThanOnce(DEFAULT_LIMIT));
    }

    private Object requests(String operation, String limit) {
        List<RecordedRequest> requests = operation == null ? emulator.requests().list()
                : emulator.requests().list(Operation.of(operation));
        int size = limit == null ? DEFAULT_LIMIT : Integer.parseInt(limit);
        return Map.of("counts", emulator.requests().counts(),
                "data", requests.subList(Math.max(0, requests.size() - size), requests.size()));
    }
}
