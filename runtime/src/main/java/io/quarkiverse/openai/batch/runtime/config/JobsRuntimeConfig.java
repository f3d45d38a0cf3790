package io.quarkiverse.openai.batch.runtime.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ResubmitUnknown;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.StoredResults;
import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

/** How jobs are run. */
@ConfigGroup
public interface JobsRuntimeConfig {

    /**
     * Whether this process runs jobs. If not, it submits jobs, waits for them and reads their results, and only reads the
     * sources of those that it submits itself. With {@code jobs.store=directory} it can only read. It concerns the whole
     * application.
     */
    @WithDefault("true")
    boolean enabled();

    /**
     * Where jobs are stored: {@code datasource}, for any number of processes that share a PostgreSQL database, or
     * {@code directory}, for one process. It concerns the whole application.
     */
    @ConfigDocDefault("datasource if the default datasource is PostgreSQL, or jobs.datasource is set; directory otherwise")
    Optional<Store> store();

    /**
     * The name of the datasource of the jobs. It must be PostgreSQL. It concerns the whole application.
     */
    @ConfigDocDefault("the default datasource")
    Optional<String> datasource();

    /**
     * Who makes the tables of the jobs in the datasource: with {@code create} each start of the application, if they are
     * missing; with {@code validate} somebody else, by the scripts in {@code db/openai-batch}, and a start without them fails;
     * {@code none} is {@code validate} without that check. It concerns the whole application.
     */
    @ConfigDocDefault("create in dev and test mode, validate in production")
    Optional<SchemaManagement> schema();

    /**
     * The name that tells the jobs of applications apart that share a database. It concerns the whole application.
     */
    @ConfigDocDefault("the name of the application; in test mode another one for each start")
    Optional<String> namespace();

    /**
     * How many steps of jobs that call no code of the application run at a time in this process. It concerns the whole
     * application.
     */
    @WithDefault("4")
    int threads();

    /**
     * How often a process says that it lives, if jobs are stored in a datasource. Another process takes its tasks over when it
     * has not said so for four to six times this long. It concerns the whole application.
     */
    @WithDefault("5S")
    Duration heartbeat();

    /** Where jobs are stored. */
    enum Store {
        /** In a directory of this process. */
        DIRECTORY,
        /** In a PostgreSQL database that processes share. */
        DATASOURCE
    }

    /** Who makes the tables of the jobs. */
    enum SchemaManagement {
        /** Each start of the application. */
        CREATE,
        /** Somebody else; a start without them fails. */
        VALIDATE,
        /** Somebody else. */
        NONE
    }

    /**
     * The directory of the jobs, from which a restart continues them. All clients share the directory of the default
     * client. One process at a time can use it. Dev mode has {@code openai-batch/jobs} in the build's output folder
     * instead, such as {@code target}, and each start in test mode a new directory in {@code openai-batch/test-jobs}.
     */
    @WithDefault("batch-jobs")
    String directory();

    /**
     * Whether a start first moves all jobs of the directory, and what was added to its collectors, into the datasource. A
     * start that moves waits while another process has the directory open. It concerns the whole application.
     */
    @WithDefault("false")
    boolean moveDirectory();

    /**
     * The folder for files that nothing needs after a crash, such as those that are sorted. Each process makes a folder
     * of its own in it and deletes it when it stops; the next one deletes what a process left that was killed. It needs
     * room for a few times the largest batch. All clients share that of the default client.
     */
    @ConfigDocDefault("a folder of the user under the temporary directory")
    Optional<String> scratch();

    /**
     * The names of those tags of jobs, as given by {@code JobSpec.tag}, that are also tags of their metrics. Each should have
     * few values; of each, the first hundred are told apart.
     */
    @ConfigDocDefault("none")
    Optional<Set<String>> metricTags();

    /**
     * How long stored results are kept in the directory of the jobs: {@code keep} for as long as the job,
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
     * The interval at which running batches are polled: a tenth of their age, within these bounds.
     */
    PollInterval pollInterval();

    /**
     * How long a provider may show outdated information, such as missing file ids or a listing that lags.
     */
    @WithDefault("10M")
    Duration settle();

    /**
     * How long a cancelled job waits for its batches to end. What is not known then is missing, and the report names the
     * batches that may still run.
     */
    @WithDefault("1H")
    Duration cancelTimeout();

    /**
     * The most batches that may be under way at a time.
     */
    @WithDefault("1000")
    int activeBatches();

    /**
     * The most estimated tokens of one batch.
     */
    @ConfigDocDefault("any number")
    OptionalLong batchTokens();

    /**
     * The most prompt tokens that the account may have enqueued for a model at a time.
     */
    @ConfigDocDefault("learned from refusals")
    OptionalLong enqueuedTokens();

    /**
     * The most attempts of a line. A line is sent again only if it was not paid.
     */
    @WithDefault("3")
    int lineAttempts();

    /**
     * Whether the provider is asked, before lines for a model are first uploaded, on which day the model ends. A job waits for
     * a
     * person if that is before its batches may end; a model that ends within 30 days is a warning. Where the provider does not
     * say, nothing is known.
     */
    @WithDefault("true")
    boolean checkModels();

    /**
     * How often a line is sent again, and paid again, whose answer is invalid: not of the JSON schema of its request, or
     * refused
     * by a method with {@code @BatchCheck}. Attempts for other reasons count too.
     */
    @WithDefault("0")
    int invalidAttempts();

    /**
     * Whether a line whose answer was invalid is sent again with what was wrong, as a further message of the user. It concerns
     * chat completions and responses.
     */
    @WithDefault("false")
    boolean invalidHint();

    /**
     * Whether an answer is invalid that the model did not finish: with another {@code finish_reason} than {@code stop} or a
     * call
     * of tools, or as a response that is not {@code completed}.
     */
    @WithDefault("false")
    boolean invalidUnfinished();

    /**
     * Which lines that may have been paid are sent again: {@code none}; {@code errors} for those answered with a
     * server error; {@code all} also for those that are missing or cannot be read. None are sent if the provider
     * counts more answers than its files have.
     */
    @WithDefault("errors")
    ResubmitUnknown resubmitUnknown();

    /**
     * The largest result file that is downloaded if the provider does not state its size, or states one that is too small.
     */
    @WithDefault("2G")
    MemorySize resultBytes();

    /**
     * How long an ended job is kept in the directory, with its requests and results.
     */
    @ConfigDocDefault("unlimited")
    Optional<Duration> retention();

    /**
     * The prices of a model's tokens in batches, by the model's name in requests. With them, jobs report their
     * expected and actual cost; {@code maxCost} needs them.
     */
    @ConfigDocMapKey("model")
    Map<String, PriceRuntimeConfig> prices();

    /**
     * When a method with {@code @OnBatchResult} that fails is called again.
     */
    HandlerRetryConfig handlerRetry();

    /**
     * When requests that were added to a collector are submitted: as soon as one of these is reached.
     */
    CollectorRuntimeConfig collector();

    /** When a method with {@code @OnBatchResult} that fails is called again. */
    @ConfigGroup
    interface HandlerRetryConfig {

        /**
         * The number of calls of a line that fails before the next lines are tried.
         */
        @WithDefault("3")
        int attempts();

        /**
         * The first pause while the method takes no line. Each pause is twice as long as the one before.
         */
        @WithDefault("1S")
        Duration initialInterval();

        /**
         * The longest pause.
         */
        @WithDefault("5M")
        Duration maxInterval();

        /**
         * The time after which a line that fails is set aside if there is no other line that tells a bad line from an outage.
         */
        @WithDefault("10M")
        Duration maxElapsedTime();
    }

    /** The interval at which running batches are polled. */
    @ConfigGroup
    interface PollInterval {

        /**
         * The shortest interval.
         */
        @WithName("min")
        @WithDefault("1S")
        Duration shortest();

        /**
         * The longest interval.
         */
        @WithName("max")
        @WithDefault("60S")
        Duration longest();
    }
}
