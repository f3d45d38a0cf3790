package io.quarkiverse.openai.batch.runtime.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ResubmitUnknown;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.StoredResults;
import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/** How jobs are run. */
@ConfigGroup
public interface JobsRuntimeConfig {

    /**
     * The directory in which jobs are kept, so that a restart goes on with them. One for all clients: that of the default
     * client
     * counts. One process at a time can use it.
     */
    @WithDefault("batch-jobs")
    String directory();

    /**
     * How long the results that are stored in the directory of the jobs are kept: {@code keep} for as long as the job,
     * {@code delete-when-handled} until every method with {@code @OnBatchResult} has taken them. Results that a method
     * failed at stay until it has taken them. The requests stay in both cases, so that lines can be run again.
     */
    @WithDefault("keep")
    StoredResults results();

    /**
     * What happens to the provider's input, output and error files of a batch once its results are stored here:
     * {@code keep} or {@code delete}. Output and error files with lines that belong to no request are never deleted.
     */
    @WithDefault("keep")
    ProviderFiles providerFiles();

    /**
     * How often running batches are looked at: after a tenth of their age, within these bounds.
     */
    PollInterval pollInterval();

    /**
     * For how long a provider may show less than is true, such as file ids that come late or a listing that lags.
     */
    @WithDefault("10M")
    Duration settle();

    /**
     * How many batches may be under way at a time.
     */
    @WithDefault("1000")
    int activeBatches();

    /**
     * How many estimated tokens one batch may have.
     */
    @ConfigDocDefault("any number")
    OptionalLong batchTokens();

    /**
     * How many prompt tokens the account may have enqueued for a model at a time.
     */
    @ConfigDocDefault("found out by refusals")
    OptionalLong enqueuedTokens();

    /**
     * How often a line is sent at most: again only if it was not paid for.
     */
    @WithDefault("3")
    int lineAttempts();

    /**
     * Which lines that may have been paid are sent again: {@code none}, {@code errors} for those answered with a server error,
     * {@code all} also for those that are missing or cannot be read. None are if the provider counts more answers than it gave.
     */
    @WithDefault("errors")
    ResubmitUnknown resubmitUnknown();

    /**
     * For how long a job that has ended is kept in the directory, with its requests and results.
     */
    @ConfigDocDefault("for ever")
    Optional<Duration> retention();

    /**
     * What tokens of a model cost in batches, by the model's name as it is in requests. Jobs then say what they are expected to
     * cost, and have cost; {@code maxCost} needs it.
     */
    @ConfigDocMapKey("model")
    Map<String, PriceRuntimeConfig> prices();

    /** How often running batches are looked at. */
    @ConfigGroup
    interface PollInterval {

        /**
         * The shortest pause.
         */
        @WithName("min")
        @WithDefault("1S")
        Duration shortest();

        /**
         * The longest pause.
         */
        @WithName("max")
        @WithDefault("60S")
        Duration longest();
    }
}
