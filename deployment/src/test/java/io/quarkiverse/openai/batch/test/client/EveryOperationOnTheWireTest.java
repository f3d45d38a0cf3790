package io.quarkiverse.openai.batch.test.client;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.findAll;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.stubFor;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchStatus;
import io.quarkiverse.openai.batch.test.client.support.ContractApplication;
import io.quarkiverse.openai.batch.test.client.support.Subjects;
import io.quarkiverse.openai.batch.test.client.support.WireMockResource;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.QuarkusTestResource;

@QuarkusTestResource(WireMockResource.class)
class EveryOperationOnTheWireTest {

    @RegisterExtension
    static final QuarkusUnitTest app = ContractApplication.at("${wiremock.url}/v1");

    @Inject
    Subjects subjects;

    @ConfigProperty(name = "wiremock.port")
    int port;

    @TempDir
    Path directory;

    @BeforeEach
    void reset() {
        WireMock.configureFor(port);
        WireMock.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = { "@RestClient", "@Inject", "@BatchClient", "built", "reactive", "reactive @BatchClient",
            "reactive built" })
    void retrieveBatch(String subject) {
        answer("{\"id\":\"batch_1\",\"status\":\"completed\",\"output_file_id\":\"file-2\"}");

        Batch batch = subjects.of(subject).batches().retrieveBatch("batch_1");

        assertThat(batch.id()).isEqualTo("batch_1");
        assertThat(batch.status()).isEqualTo(BatchStatus.COMPLETED);
        LoggedRequest sent = sent("GET", "/v1/batches/batch_1?scope=a%20b");
        assertThat(sent.getBody()).isEmpty();
    }

    private static void answer(String body) {
        stubFor(any(anyUrl()).willReturn(okJson(body)));
    }

    private static LoggedRequest sent(String method, String url) {
        List<LoggedRequest> requests = findAll(anyRequestedFor(anyUrl()));
        assertThat(requests).hasSize(1);
        LoggedRequest request = requests.get(0);
        assertThat(request.getMethod()).isEqualTo(RequestMethod.fromString(method));
        assertThat(request.getUrl()).isEqualTo(url);
        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer sk-secret-key");
        return request;
    }
}
