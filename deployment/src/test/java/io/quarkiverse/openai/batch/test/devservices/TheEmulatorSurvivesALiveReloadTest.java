package io.quarkiverse.openai.batch.test.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.test.QuarkusDevModeTest;

class TheEmulatorSurvivesALiveReloadTest {

    private static final int PORT = freePort();

    @RegisterExtension
    static final QuarkusDevModeTest APP = new QuarkusDevModeTest()
            .withApplicationRoot(jar -> jar.addClass(BaseUrlRoute.class)
                    .addAsResource(new StringAsset("quarkus.http.port=" + PORT), "application.properties"));

    @Test
    void theUrlStaysTheSameAndStillAnswers() throws Exception {
        String before = get("/base-url");
        APP.modifySourceFile(BaseUrlRoute.class, source -> source.replace("\"version 1 \"", "\"version 2 \""));
        String after = get("/base-url");
        assertThat(before).startsWith("version 1 http://127.0.0.1:").endsWith(" 0 batches");
        assertThat(after).isEqualTo(before.replace("version 1", "version 2"));
    }

    @Test
    void jobsAreInTheOutputFolder() throws Exception {
        Path directory = Path.of(get("/jobs-directory"));
        assertThat(directory).isAbsolute().endsWithRaw(Path.of("openai-batch", "jobs"));
    }

    private static String get(String path) throws Exception {
        return HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + PORT + path)).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
