package io.quarkiverse.openai.batch.test.client.support;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.OpenAiBatchBuilder;
import io.quarkiverse.openai.batch.Provider;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchError;
import io.quarkiverse.openai.batch.model.BatchRequestCounts;
import io.quarkiverse.openai.batch.model.BatchStatus;

/**
 * What a provider's documentation says of its Batch API, as far as it differs from OpenAI's.
 *
 * @param preset the only line of configuration, besides URL and key
 * @param path of the base URL
 * @param auth the header with the key {@code k}
 * @param batches the path of the batches
 * @param upload the path that takes uploads
 * @param query of each request
 * @param page the query of a second page of two
 * @param window the completion window that is sent; null for none
 * @param purpose of input files
 * @param expiry the name of the form field with the seconds after which a file expires
 * @param metadata whether a submission id can be sent
 * @param answer a documented answer to a create
 * @param read what must be read of it
 */
public record ProviderRow(String name, Consumer<OpenAiBatchBuilder> preset, String path, String auth, String batches,
        String upload, String query, String page, String window, String purpose, String expiry, boolean metadata,
        String answer, Predicate<Batch> read) {

    private static final String OPENAI_ANSWER = """
            {"id":"b1","object":"batch","endpoint":"/v1/chat/completions","errors":null,"input_file_id":"file-1",
             "completion_window":"24h","status":"validating","output_file_id":null,"created_at":1711471533,
             "request_counts":{"total":0,"completed":0,"failed":0},"metadata":null}""";
    private static final Instant CREATED = Instant.ofEpochSecond(1711471533);

    /** The rows of all providers that speak the protocol. */
    public static Stream<ProviderRow> all() {
        return Stream.of(
                of("openai", Provider.OPENAI, "/v1"),
                azure("azure v1", Provider.AZURE, "/openai/v1", "",
                        "{\"id\":\"b1\",\"status\":\"Validating\",\"created_at\":\"2024-03-26T16:45:33.0000000+00:00\","
                                + "\"endpoint\":null,\"metadata\":null,\"request_counts\":"
                                + "{\"total\":null,\"completed\":null,\"failed\":null}}",
                        batch -> batch.requestCounts().equals(new BatchRequestCounts(null, null, null))),
                azure("azure legacy", Provider.AZURE_LEGACY, "/openai", "api-version=2024-10-21",
                        "{\"id\":\"b1\",\"status\":\"validating\",\"created_at\":1711471533,\"error_file_id\":\"\"}",
                        batch -> batch.errorFileId() == null),
                of("orq", Provider.ORQ, "/v3/router"),
                of("orq, as it was", Provider.ORQ, "/v2").batches("/v2/proxy/batch").answering(
                        "{\"id\":\"b1\",\"status\":\"validating\",\"created_at\":1711471533,\"errors\":{},"
                                + "\"metadata\":{\"run\":7}}",
                        batch -> batch.errors().isEmpty() && batch.metadata().equals(Map.of("run", "7"))),
                of("groq", Provider.GROQ, "/openai/v1").page("cursor=c1&limit=2").answering(
                        "{\"id\":\"b1\",\"status\":\"validating\",\"created_at\":1711471533,"
                                + "\"errors\":[{\"code\":\"invalid_method\",\"line\":4}]}",
                        batch -> batch.errors().equals(List.of(new BatchError("invalid_method", null, null, 4)))),
                of("together", Provider.TOGETHER, "/v1").upload("/v1/files/upload").purpose("batch-api").withoutMetadata()
                        .answering("{\"job\":{\"id\":\"b1\",\"status\":\"VALIDATING\",\"created_at\":\"2024-03-26T16:45:33Z\","
                                + "\"job_deadline\":\"2024-03-27T16:45:33Z\"},\"warning\":\"\"}",
                                batch -> batch.expiresAt().equals(CREATED.plusSeconds(86_400))),
                of("deepinfra", Provider.DEEPINFRA, "/v1/openai"),
                of("nebius", Provider.NEBIUS, "/v1").answering(
                        "{\"id\":\"b1\",\"status\":\"validating\",\"created_at\":1711471533,\"override_settings\":{\"a\":1}}",
                        batch -> batch.additionalProperties().containsKey("override_settings")),
                of("litellm", Provider.LITELLM, "/v1"),
                of("llm-d", Provider.LLM_D, "/v1"),
                of("dashscope", Provider.DASHSCOPE, "/compatible-mode/v1"),
                of("zhipu", Provider.ZHIPU, "/api/paas/v4").window(null),
                of("moonshot", Provider.MOONSHOT, "/v1"),
                of("moonshot with a window of three days", Provider.MOONSHOT, "/v1").window("3d"),
                of("novita as other", Provider.OTHER, "/openai/v1").window("48h").answering(
                        "{\"id\":\"b1\",\"status\":\"VALIDATING\",\"created_at\":\"1711471533\",\"total\":3,\"errors\":\"\"}",
                        batch -> batch.errors().isEmpty() && batch.additionalProperties().equals(Map.of("total", 3))));
    }

    private static ProviderRow of(String name, Provider provider, String path) {
        return new ProviderRow(name, builder -> builder.provider(provider), path, "Authorization: Bearer k", path + "/batches",
                path + "/files", "", "after=c1&limit=2", "24h", "batch", "expires_after[seconds]", true, OPENAI_ANSWER,
                batch -> batch.requestCounts().equals(new BatchRequestCounts(0, 0, 0)));
    }

    private static ProviderRow azure(String name, Provider provider, String path, String query, String answer,
            Predicate<Batch> read) {
        ProviderRow row = of(name, provider, path).answering(answer, read);
        return new ProviderRow(name, row.preset, path, "api-key: k", row.batches, row.upload, query, row.page, row.window,
                row.purpose, "expires_after.seconds", true, answer, row.read);
    }

    private ProviderRow batches(String it) {
        return new ProviderRow(name, preset, path, auth, it, upload, query, page, window, purpose, expiry, metadata, answer,
                read);
    }

    private ProviderRow upload(String it) {
        return new ProviderRow(name, preset, path, auth, batches, it, query, page, window, purpose, expiry, metadata, answer,
                read);
    }

    private ProviderRow page(String it) {
        return new ProviderRow(name, preset, path, auth, batches, upload, query, it, window, purpose, expiry, metadata, answer,
                read);
    }

    private ProviderRow purpose(String it) {
        return new ProviderRow(name, preset, path, auth, batches, upload, query, page, window, it, expiry, metadata, answer,
                read);
    }

    private ProviderRow window(String it) {
        Consumer<OpenAiBatchBuilder> configured = it == null ? preset : preset.andThen(builder -> builder.completionWindow(it));
        return new ProviderRow(name, configured, path, auth, batches, upload, query, page, it, purpose, expiry, metadata,
                answer, read);
    }

    private ProviderRow withoutMetadata() {
        return new ProviderRow(name, preset, path, auth, batches, upload, query, page, window, purpose, expiry, false, answer,
                read);
    }

    private ProviderRow answering(String it, Predicate<Batch> what) {
        Predicate<Batch> all = what.and(batch -> batch.id().equals("b1") && batch.status() == BatchStatus.VALIDATING
                && batch.createdAt().equals(CREATED));
        return new ProviderRow(name, preset, path, auth, batches, upload, query, page, window, purpose, expiry, metadata, it,
                all);
    }
}
