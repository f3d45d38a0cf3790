package io.quarkiverse.openai.batch.test.client.support;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.extension.requestfilter.StubRequestFilterV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

/** Puts the submission id that was sent last in the place of {@link #PLACEHOLDER} in an answer. */
public final class SubmissionEcho implements StubRequestFilterV2, ResponseTransformerV2 {

    public static final String PLACEHOLDER = "%submission%";

    private static final Pattern ID = Pattern.compile("\"quarkus_submission_id\":\"([^\"]+)\"");

    private volatile String last = "none";

    @Override
    public RequestFilterAction filter(Request request, ServeEvent event) {
        Matcher id = ID.matcher(request.getBodyAsString());
        if (id.find()) {
            last = id.group(1);
        }
        return RequestFilterAction.continueWith(request);
    }

    @Override
    public Response transform(Response response, ServeEvent event) {
        return response.getBodyAsString().contains(PLACEHOLDER)
                ? Response.Builder.like(response).but().body(response.getBodyAsString().replace(PLACEHOLDER, last)).build()
                : response;
    }

    @Override
    public String getName() {
        return "submission-echo";
    }
}
