package io.quarkiverse.openai.batch.test.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;

/** An application with filters against browsers; a provider is none. */
class ProvidersCallBesideCsrfAndCorsTest {

    private static final String SECRET = "a secret that is plain text";

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withApplicationRoot(app -> app.addClass(Form.class))
            .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-rest-csrf", Version.getVersion())))
            .overrideConfigKey("quarkus.openai-batch.webhook.secrets", SECRET)
            .overrideConfigKey("quarkus.http.cors.enabled", "true")
            .overrideConfigKey("quarkus.http.cors.origins", "https://app.example");

    /** What the filters are for. */
    @Path("/form")
    public static class Form {

        @POST
        public String send(String text) {
            return text;
        }
    }

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    private final HttpClient http = HttpClient.newHttpClient();

    private int post(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString("{}"));
        return http.send(headers.length == 0 ? request.build() : request.headers(headers).build(),
                HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private int call(String... headers) throws Exception {
        String now = Long.toString(Instant.now().getEpochSecond());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signature = Base64.getEncoder()
                .encodeToString(mac.doFinal(("wh_1." + now + ".{}").getBytes(StandardCharsets.UTF_8)));
        String[] all = { "webhook-id", "wh_1", "webhook-timestamp", now, "webhook-signature", "v1," + signature };
        return post("/openai-batch/webhook", Stream.of(all, headers)
                .flatMap(Stream::of).toArray(String[]::new));
    }

    @Test
    void withoutATokenOfTheApplication() throws Exception {
        assertThat(post("/form")).as("a form without a token").isEqualTo(400);
        assertThat(call()).isEqualTo(200);
    }

    @Test
    void andOfABrowserOnlyAsItsOriginsAllow() throws Exception {
        assertThat(call("Origin", "https://elsewhere.example")).isEqualTo(403);
        assertThat(call("Origin", "https://app.example")).isEqualTo(200);
    }
}
