package io.quarkiverse.openai.batch.test.devservices;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;
import io.vertx.ext.web.Router;

/** Tells where the dev service is, and that it answers. */
@ApplicationScoped
public class BaseUrlRoute {

    void routes(@Observes Router router, ReactiveBatchService batches,
            @ConfigProperty(name = "quarkus.openai-batch.base-url") String baseUrl,
            @ConfigProperty(name = "quarkus.openai-batch.jobs.directory") String jobs) {
        router.get("/jobs-directory").handler(request -> request.end(jobs));
        router.get("/base-url").handler(request -> batches.listBatches(null, 1).subscribe().with(
                page -> request.end("version 1 " + baseUrl + " " + page.data().size() + " batches"),
                request::fail));
    }
}
