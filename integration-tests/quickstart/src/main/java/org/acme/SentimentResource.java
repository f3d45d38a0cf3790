package org.acme;

import java.util.Map;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

@Path("/sentiments")
public class SentimentResource {

    @Inject
    Reviews reviews;

    @GET
    public Map<String, Sentiment> sentiments() {
        return reviews.sentiments();
    }
}
