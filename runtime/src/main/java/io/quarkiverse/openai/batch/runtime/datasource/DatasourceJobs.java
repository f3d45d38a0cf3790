package io.quarkiverse.openai.batch.runtime.datasource;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.quarkiverse.openai.batch.runtime.app.Clients;
import io.quarkiverse.openai.batch.runtime.app.SharedJobs;
import io.quarkiverse.openai.batch.runtime.config.JobsRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.config.JobsRuntimeConfig.SchemaManagement;
import io.quarkiverse.openai.batch.runtime.config.JobsRuntimeConfig.Store;
import io.quarkiverse.openai.batch.runtime.config.OpenAiBatchRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.datasource.KnownDatasources.KnownDatasource;
import io.quarkiverse.openai.batch.runtime.job.DatabaseRunner;
import io.quarkiverse.openai.batch.runtime.job.DirectoryMove;
import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.job.database.CallerTransaction;
import io.quarkiverse.openai.batch.runtime.job.database.Database;
import io.quarkiverse.openai.batch.runtime.job.database.Schema;
import io.quarkiverse.openai.batch.runtime.job.engine.JobListener;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkus.agroal.DataSource.DataSourceLiteral;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * The jobs of the application in one of its datasources. The engine has a small pool of its own, with the connection settings
 * of the datasource: a pool that the application uses up stops no heartbeat, and no statement of the engine takes part in a
 * transaction of the application.
 */
@Singleton
public class DatasourceJobs implements SharedJobs {

    private static final Logger LOG = Logger.getLogger(DatasourceJobs.class);

    private static final String KEY = "quarkus.openai-batch.jobs.";
    private static final int CONNECTIONS = 8;
    /** Shorter than a takeover: a process that is paused in a transaction loses its locks before another one waits for them. */
    private static final String SESSION = "SET idle_in_transaction_session_timeout = '2s'; SET lock_timeout = '10s'; "
            + "SET synchronous_commit = on";

    private final KnownDatasources known;
    private final Instance<AgroalDataSource> datasources;
    private final TransactionManager transactions;
    private final TransactionSynchronizationRegistry synchronizations;
    private final JobsRuntimeConfig config;
    private final String application;

    DatasourceJobs(KnownDatasources known, @Any Instance<AgroalDataSource> datasources, TransactionManager transactions,
            TransactionSynchronizationRegistry synchronizations, OpenAiBatchRuntimeConfig config,
            @ConfigProperty(name = "quarkus.application.name") Optional<String> application) {
        this.known = known;
        this.datasources = datasources;
        this.transactions = transactions;
        this.synchronizations = synchronizations;
        this.config = config.clients().get(ClientSettings.DEFAULT_NAME).jobs();
        this.application = application.orElse("application");
    }

    @Override
    public boolean isChosen() {
        boolean asked = config.store().filter(Store.DATASOURCE::equals).isPresent() || config.datasource().isPresent();
        Optional<KnownDatasource> datasource = datasource();
        if (datasource.filter(KnownDatasource::isPostgres).isEmpty()) {
            if (asked) {
                throw new ConfigurationException(noPostgres(datasource));
            }
            return false;
        }
        if (!datasource.get().transactional()) {
            throw new ConfigurationException(KnownDatasources.withoutTransactions(datasource.get().name()));
        }
        return true;
    }

    private Optional<KnownDatasource> datasource() {
        return config.datasource().isPresent() ? known.named(config.datasource().get()) : known.defaultOne();
    }

    private String noPostgres(Optional<KnownDatasource> datasource) {
        String all = known.all().isEmpty() ? "The application has none"
                : "The application has " + known.all().stream().map(one -> one.name() + " (" + one.kind() + ")")
                        .collect(Collectors.joining(", "));
        String which = datasource.map(one -> "datasource %s is %s".formatted(one.name(), one.kind()))
                .orElse(config.datasource().map(name -> "there is no datasource \"%s\"".formatted(name))
                        .orElse("there is no default datasource"));
        return "The jobs need a PostgreSQL datasource, and %s. %s. Set %sdatasource to the name of one, or %sstore=directory"
                .formatted(which, all, KEY, KEY);
    }

    @Override
    public boolean isUsed() {
        return known.jobsAreUsed();
    }

    @Override
    public JobRunner open(Clients clients, JobMethods methods, JobListener listener, Traces traces) {
        AgroalDataSource theirs = theirs();
        AgroalDataSource ours = ours(theirs);
        try {
            manage(new Schema(new Database(ours, namespace(), CallerTransaction.NONE)));
            JobRunner runner = DatabaseRunner.open(ours, new JtaTransaction(theirs, transactions, synchronizations, name()),
                    new DatabaseRunner.Settings(namespace(), config.enabled(), config.threads(), config.heartbeat(),
                            config.scratch().map(Path::of).orElse(null),
                            config.moveDirectory() ? Path.of(config.directory()).toAbsolutePath() : null, ours::close),
                    clients::ofJobs, methods, listener, traces);
            LOG.infof("Jobs are stored in %s%s", location(), config.enabled() ? "" : ", and are not run by this process");
            return runner;
        } catch (DirectoryMove.LeftException e) {
            ours.close();
            throw new ConfigurationException(e.getMessage(), e);
        } catch (RuntimeException e) {
            ours.close();
            throw e;
        }
    }

    private void manage(Schema schema) {
        boolean production = LaunchMode.current() == LaunchMode.NORMAL;
        switch (config.schema().orElse(production ? SchemaManagement.VALIDATE : SchemaManagement.CREATE)) {
            case CREATE -> schema.create();
            case VALIDATE -> validate(schema);
            case NONE -> LOG.debug("Nobody asks whether there are tables for jobs");
        }
    }

    private static void validate(Schema schema) {
        try {
            schema.validate();
        } catch (IllegalStateException e) {
            throw new ConfigurationException(e.getMessage(), e);
        }
    }

    private String name() {
        return datasource().map(KnownDatasource::name).orElseThrow();
    }

    private String namespace() {
        return config.namespace().orElse(application);
    }

    @Override
    public String location() {
        return "datasource %s, namespace %s".formatted(name(), namespace());
    }

    private AgroalDataSource theirs() {
        return config.datasource().isPresent()
                ? datasources.select(new DataSourceLiteral(config.datasource().get())).get()
                : datasources.select(Default.Literal.INSTANCE).get();
    }

    private static AgroalDataSource ours(AgroalDataSource theirs) {
        AgroalConnectionPoolConfiguration pool = theirs.getConfiguration().connectionPoolConfiguration();
        AgroalConnectionFactoryConfigurationSupplier connections = new AgroalConnectionFactoryConfigurationSupplier(
                pool.connectionFactoryConfiguration());
        // a broken network is noticed, and a takeover with it; what the URL of the datasource says counts more
        connections.jdbcProperty("socketTimeout", "60").jdbcProperty("tcpKeepAlive", "true")
                .jdbcProperty("ApplicationName", "openai-batch");
        String first = pool.connectionFactoryConfiguration().initialSql();
        connections.initialSql(first == null || first.isBlank() ? SESSION : first + "; " + SESSION);
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(ours -> ours.maxSize(CONNECTIONS).minSize(0).initialSize(0)
                            .acquisitionTimeout(Duration.ofSeconds(10)).reapTimeout(Duration.ofMinutes(5))
                            .exceptionSorter(pool.exceptionSorter()).connectionValidator(pool.connectionValidator())
                            .idleValidationTimeout(Duration.ofSeconds(30)).connectionFactoryConfiguration(connections)));
        } catch (SQLException e) {
            throw new IllegalStateException("The datasource of the jobs cannot be opened: " + e.getMessage(), e);
        }
    }
}
