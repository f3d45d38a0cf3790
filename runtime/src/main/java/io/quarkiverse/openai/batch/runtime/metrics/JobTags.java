package io.quarkiverse.openai.batch.runtime.metrics;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.config.OpenAiBatchRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The tags of meters. Their number is bounded, whatever names models and tags of jobs have. */
final class JobTags {

    private static final int MOST_VALUES = 100;
    private static final int LONGEST = 100;
    private static final String OTHERS = "others";
    private static final String NONE = "none";

    private final JobEnvironment environment;
    private final Set<String> tagsOfJobs;
    private final Map<String, Tags> ofJobs = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> values = new ConcurrentHashMap<>();

    JobTags(JobEnvironment environment, Set<String> tagsOfJobs) {
        this.environment = environment;
        this.tagsOfJobs = tagsOfJobs;
    }

    static Set<String> configured(OpenAiBatchRuntimeConfig config) {
        return config.clients().get(ClientSettings.DEFAULT_NAME).jobs().metricTags().orElse(Set.of());
    }

    /** The client of a job, and those of its own tags that were asked for. */
    Tags of(ChunkRow chunk) {
        return ofJobs.computeIfAbsent(chunk.job(), name -> environment.store().job(name).map(this::of).orElse(Tags.empty()));
    }

    private Tags of(JobRow job) {
        Tags tags = Tags.of("client", job.client());
        for (String name : tagsOfJobs) {
            tags = tags.and(Tag.of(name, bounded("tag " + name, job.terms().tags().get(name))));
        }
        return tags;
    }

    void forget(String job) {
        ofJobs.remove(job);
    }

    String model(String model) {
        return bounded("model", model);
    }

    /** None if the client is not configured any more. */
    Prices prices(ChunkRow chunk) {
        try {
            return environment.store().job(chunk.job()).map(job -> environment.client(job).settings().prices())
                    .orElse(Prices.none());
        } catch (ConfigurationException clientIsGone) {
            return Prices.none();
        }
    }

    private String bounded(String of, String value) {
        if (value == null || value.isEmpty()) {
            return NONE;
        }
        String text = SafeText.of(value, LONGEST);
        Set<String> known = values.computeIfAbsent(of, name -> ConcurrentHashMap.newKeySet());
        return known.contains(text) || known.size() < MOST_VALUES && known.add(text) ? text : OTHERS;
    }
}
