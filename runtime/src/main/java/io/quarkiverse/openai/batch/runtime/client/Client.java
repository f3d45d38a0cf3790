package io.quarkiverse.openai.batch.runtime.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.DirectoryJobs;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.model.ModelObject;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;
import io.quarkiverse.openai.batch.reactive.ReactiveFileService;
import io.quarkiverse.openai.batch.runtime.client.http.CallSender;
import io.quarkiverse.openai.batch.runtime.client.http.WireApi;
import io.quarkiverse.openai.batch.runtime.client.operation.BatchOperations;
import io.quarkiverse.openai.batch.runtime.client.operation.Blocking;
import io.quarkiverse.openai.batch.runtime.client.operation.FileOperations;
import io.quarkiverse.openai.batch.runtime.client.operation.ModelOperations;
import io.quarkiverse.openai.batch.runtime.job.DirectoryRunner;
import io.quarkiverse.openai.batch.runtime.job.engine.JobListener;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.openai.OpenAiProvider;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkiverse.openai.batch.runtime.provider.Credentials;
import io.quarkus.runtime.configuration.ConfigurationException;

/** The services of one client, over one REST client. */
public final class Client implements OpenAiBatch {

    private static final Duration MODEL_TIMEOUT = Duration.ofSeconds(10);

    private final WireApi api;
    private final ClientSettings settings;
    private final CallSender sender;
    private final BatchOperations batches;
    private final FileOperations files;
    private final ModelOperations models;
    private final Supplier<JobSettings> jobs;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param jobs how its jobs are run; read only if there are jobs
     */
    public Client(WireApi api, ClientSettings settings, Credentials credentials, Supplier<JobSettings> jobs) {
        this.api = api;
        this.settings = settings;
        this.jobs = jobs;
        this.sender = new CallSender(api, settings, credentials);
        this.batches = new BatchOperations(sender);
        this.files = new FileOperations(sender);
        this.models = new ModelOperations(sender);
    }

    public ClientSettings settings() {
        return settings;
    }

    @Override
    public BatchService batches() {
        return new BlockingBatchService(batches, CallOptions.of());
    }

    @Override
    public FileService files() {
        return new BlockingFileService(files, CallOptions.of());
    }

    @Override
    public ReactiveBatchService reactiveBatches() {
        return new MutinyBatchService(batches, CallOptions.of());
    }

    @Override
    public ReactiveFileService reactiveFiles() {
        return new MutinyFileService(files, CallOptions.of());
    }

    /** The client as jobs use it. */
    public JobClient ofJobs() {
        return ofJobs(jobs.get());
    }

    private JobClient ofJobs(JobSettings jobSettings) {
        return new JobClient(new OpenAiProvider(batches(), files(), settings.dialect().purpose(), sender::requireKey,
                this::model),
                jobSettings,
                settings.account());
    }

    /** Asked once, and not long: nothing depends on the answer but a warning in time. */
    private ModelObject model(String name) {
        return Blocking.await(CallOptions.of().withRetry(RetryOptions.none()).withTimeout(MODEL_TIMEOUT),
                call -> models.retrieveModel(name, call)).value();
    }

    @Override
    public DirectoryJobs openJobs(Path directory, Prices prices) {
        JobClient client = ofJobs(jobs.get().withPrices(prices));
        return DirectoryRunner.open(directory, null, DirectoryRunner.THREADS, name -> named(name, client), JobMethods.NONE,
                JobListener.NONE,
                Traces.NONE);
    }

    @Override
    public BatchJobs readJobs(Path directory) {
        return DirectoryRunner.read(directory, name -> named(name, ofJobs()));
    }

    /** The jobs of a directory have one client, whatever its name is. */
    private JobClient named(String name, JobClient client) {
        if (!name.equals(ClientSettings.DEFAULT_NAME) && !name.equals(settings.name())) {
            throw new ConfigurationException(
                    "The directory was opened with the client \"%s\", and the job is one of the client \"%s\""
                            .formatted(settings.name(), name));
        }
        return client;
    }

    @Override
    public Prices prices() {
        return jobs.get().prices();
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            ((Closeable) api).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
