package io.quarkiverse.openai.batch.runtime.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

import io.quarkiverse.openai.batch.collector.BatchCollector;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobEstimate;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.runtime.config.JobsRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.config.JobsRuntimeConfig.Store;
import io.quarkiverse.openai.batch.runtime.config.OpenAiBatchRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.job.DirectoryRunner;
import io.quarkiverse.openai.batch.runtime.job.JobObserver;
import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.job.files.DirectoryInUseException;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * The jobs of the application: opened when they are first used, or at the start if there are jobs to continue. Those of a
 * datasource are run by all processes. While another process has their directory open, those of a directory are only read, and
 * this process stands by to take over.
 */
@ApplicationScoped
@DefaultBean
public class ApplicationJobs implements BatchJobs {

    private static final Logger LOG = Logger.getLogger(ApplicationJobs.class);

    private static final Duration STAND_BY = Duration.ofSeconds(1);

    private final Clients clients;
    private final JobMethods methods;
    private final Event<Object> events;
    private final Instance<JobObserver> observers;
    private final Traces traces;
    private final Path root;
    private final Path scratch;
    private final boolean enabled;
    private final int threads;
    private final boolean moves;
    /** Null if the jobs are in a directory. */
    private final SharedJobs shared;
    private final Object opening = new Object();
    private volatile JobRunner runner;
    private volatile String holder;
    private Thread standBy;
    private volatile boolean stopped;

    ApplicationJobs(Clients clients, JobMethods methods, @Any Event<Object> events,
            @Any Instance<JobObserver> observers, Instance<Traces> traces, Instance<SharedJobs> sharedJobs,
            OpenAiBatchRuntimeConfig config) {
        this.clients = clients;
        this.methods = methods;
        this.events = events;
        this.observers = observers;
        this.traces = traces.isResolvable() ? traces.get() : Traces.NONE;
        JobsRuntimeConfig jobs = config.clients().get(ClientSettings.DEFAULT_NAME).jobs();
        this.root = Path.of(jobs.directory()).toAbsolutePath();
        this.scratch = jobs.scratch().map(Path::of).orElse(null);
        this.enabled = jobs.enabled();
        this.threads = jobs.threads();
        this.moves = jobs.moveDirectory();
        this.shared = shared(sharedJobs, jobs.store().orElse(null));
    }

    /** Null if the jobs are in a directory. */
    private static SharedJobs shared(Instance<SharedJobs> jobs, Store store) {
        if (store == Store.DIRECTORY) {
            return null;
        }
        if (store == Store.DATASOURCE && !jobs.isResolvable()) {
            throw new ConfigurationException("quarkus.openai-batch.jobs.store=datasource needs a datasource: add "
                    + "io.quarkus:quarkus-jdbc-postgresql and set quarkus.datasource.db-kind=postgresql and "
                    + "quarkus.datasource.jdbc.url, or set jobs.store=directory");
        }
        return jobs.isResolvable() && jobs.get().isChosen() ? jobs.get() : null;
    }

    void goOn(@Observes StartupEvent start) {
        if (shared == null && moves) {
            throw new ConfigurationException("quarkus.openai-batch.jobs.move-directory=true moves jobs from the directory to a "
                    + "datasource, and the jobs are stored in the directory. Remove it, or store them in a datasource");
        }
        if (shared != null) {
            if (shared.isUsed()) {
                if (!moves && LaunchMode.current() == LaunchMode.NORMAL) {
                    LeftInDirectory.requireNone(root, clients::ofJobs);
                }
                runner();
            }
        } else if (Files.isDirectory(root)) {
            current();
        }
    }

    /**
     * @throws IllegalStateException if another process has the directory open; the message says which
     */
    private JobRunner runner() {
        JobRunner open = runner;
        if (open != null) {
            return open;
        }
        synchronized (opening) {
            if (stopped) {
                throw new IllegalStateException("The application stops; its next start continues the jobs");
            }
            if (runner == null) {
                runner = open();
            }
            return runner;
        }
    }

    private JobRunner open() {
        if (shared == null && !enabled) {
            throw new DirectoryInUseException("quarkus.openai-batch.jobs.enabled=false, and the jobs are in the directory "
                    + root + ", which only a process that runs them can change");
        }
        JobEvents listener = new JobEvents(events, methods.patterns());
        JobRunner opened = shared == null
                ? DirectoryRunner.open(root, scratch, threads, clients::ofJobs, methods, listener, traces)
                : shared.open(clients, methods, listener, traces);
        try {
            observers.forEach(opened::observe);
            opened.start();
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** The jobs; as another process has stored them, while it has the directory open. */
    private BatchJobs current() {
        try {
            return runner();
        } catch (DirectoryInUseException e) {
            if (enabled) {
                standBy(e);
            }
            return DirectoryRunner.read(root, clients::ofJobs);
        }
    }

    private void standBy(DirectoryInUseException e) {
        synchronized (opening) {
            holder = e.getMessage();
            if (standBy == null && !stopped) {
                LOG.warnf("%s. This process reads the jobs and runs none until it is free", e.getMessage());
                standBy = new Thread(null, this::takeOver, "openai-batch-stand-by", 0, false);
                standBy.setDaemon(true);
                standBy.setContextClassLoader(Thread.currentThread().getContextClassLoader());
                standBy.start();
            }
        }
    }

    private void takeOver() {
        boolean warned = false;
        while (!stopped) {
            try {
                Thread.sleep(STAND_BY.toMillis());
                runner();
                LOG.infof("The job directory %s is free, and this process runs its jobs", root);
                return;
            } catch (DirectoryInUseException | InterruptedException notYet) {
                LOG.debug("The job directory is in use, or the application stops", notYet);
            } catch (RuntimeException e) {
                LOG.logf(warned ? Level.DEBUG : Level.WARN, e, "The job directory %s cannot be opened. It is tried again",
                        root);
                warned = true;
            }
        }
    }

    @Override
    public BatchJob submit(JobSpec spec) {
        return runner().submit(spec);
    }

    @Override
    public BatchCollector collector(String name, String client) {
        return runner().collector(name, client);
    }

    @Override
    public JobEstimate estimate(JobSpec spec) {
        return current().estimate(spec);
    }

    @Override
    public Optional<BatchJob> find(String name) {
        return current().find(name);
    }

    @Override
    public List<BatchJob> list(JobQuery query) {
        return current().list(query);
    }

    @Override
    public void recheck() {
        runner().recheck();
    }

    /** A provider says that a batch has changed. Whether it may be a batch of a job that this process runs. */
    public boolean changed(String client, String batchId) {
        JobRunner open = runner;
        return open != null && open.changed(client, batchId);
    }

    /** The state of the jobs of this process, for health. It calls no provider. */
    public JobsStatus status() {
        JobRunner open = runner;
        if (open != null) {
            return JobsStatus.of(open, shared == null ? root : null, shared == null ? root.toString() : shared.location());
        }
        return holder == null ? JobsStatus.unused() : JobsStatus.standingBy(holder);
    }

    /** Before the beans are destroyed that handlers use, and before other observers close what they use. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent stop) {
        close();
    }

    @PreDestroy
    void close() {
        synchronized (opening) {
            if (stopped) {
                return;
            }
            stopped = true;
            if (standBy != null) {
                standBy.interrupt();
            }
        }
        if (runner != null) {
            runner.close();
        }
    }
}
