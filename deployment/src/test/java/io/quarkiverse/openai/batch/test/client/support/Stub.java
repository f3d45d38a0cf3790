package io.quarkiverse.openai.batch.test.client.support;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

/** The WireMock server as the tests see it. */
public final class Stub {

    private final WireMock server;

    public Stub(int port) {
        server = new WireMock(port);
        server.resetToDefaultMappings();
    }

    /** The answers to the next requests in turn; the last one is repeated. */
    public void answers(ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            server.register(any(anyUrl()).inScenario("answers")
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "after " + i)
                    .willReturn(answers[i])
                    .willSetStateTo("after " + Math.min(i + 1, answers.length - 1)));
        }
    }

    /** The only request, which is as told. */
    public LoggedRequest sent(String method, String url) {
        List<LoggedRequest> requests = sent();
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).getMethod()).isEqualTo(RequestMethod.fromString(method));
        assertThat(requests.get(0).getUrl()).isEqualTo(url);
        return requests.get(0);
    }

    public void answers(String... bodies) {
        answers(List.of(bodies).stream().map(WireMock::okJson).toArray(ResponseDefinitionBuilder[]::new));
    }

    /** All requests, the first one first. */
    public List<LoggedRequest> sent() {
        return server.find(anyRequestedFor(anyUrl()));
    }

    public void answerAll(ResponseDefinitionBuilder answer) {
        server.register(any(anyUrl()).willReturn(answer));
    }

    public void answerAll(String body) {
        answerAll(okJson(body));
    }
}
