package io.quarkiverse.openai.batch.deployment;

import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.jandex.DotName;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.runtime.config.JobsRuntimeConfig.Store;
import io.quarkiverse.openai.batch.runtime.datasource.DatasourcesRecorder;
import io.quarkiverse.openai.batch.runtime.datasource.KnownDatasources;
import io.quarkiverse.openai.batch.runtime.datasource.KnownDatasources.KnownDatasource;
import io.quarkus.agroal.spi.JdbcDataSourceBuildItem;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.ExcludedTypeBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourcePatternsBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Jobs in a datasource, in applications that have Agroal and transactions. */
class DatasourceJobsProcessor {

    private static final String PACKAGE = "io.quarkiverse.openai.batch.runtime.datasource.";
    private static final DotName BATCH_JOBS = DotName.createSimple(BatchJobs.class);
    private static final String KEY = "quarkus.openai-batch.jobs.";
    private static final String OURS = "io.quarkiverse.openai.batch.runtime.";

    private static boolean isPossible(Capabilities capabilities) {
        return capabilities.isPresent(Capability.AGROAL) && capabilities.isPresent(Capability.TRANSACTIONS);
    }

    /** Its class needs Agroal and JTA, so it is known by its name. */
    @BuildStep
    void bean(Capabilities capabilities, BuildProducer<AdditionalBeanBuildItem> beans,
            BuildProducer<ExcludedTypeBuildItem> excluded) {
        if (isPossible(capabilities)) {
            beans.produce(
                    AdditionalBeanBuildItem.builder().addBeanClasses(PACKAGE + "DatasourceJobs").setUnremovable().build());
        } else {
            excluded.produce(new ExcludedTypeBuildItem(PACKAGE + "*"));
        }
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    void datasources(DatasourcesRecorder recorder, Capabilities capabilities, List<JdbcDataSourceBuildItem> datasources,
            List<JobMethodBuildItem> methods, BeanDiscoveryFinishedBuildItem beans,
            BuildProducer<SyntheticBeanBuildItem> synthetic) {
        if (!isPossible(capabilities)) {
            return;
        }
        List<KnownDatasource> known = datasources.stream().map(one -> new KnownDatasource(one.getName(), one.isDefault(),
                one.getDbKind(), one.isTransactionIntegrationEnabled())).toList();
        synthetic.produce(SyntheticBeanBuildItem.configure(KnownDatasources.class).scope(Singleton.class).unremovable()
                .runtimeValue(recorder.known(known, !methods.isEmpty() || isInjected(beans))).done());
    }

    /** The keys that choose a store belong to the run time: what the build knows of them counts, and the start checks again. */
    @BuildStep
    void requireTransactions(Capabilities capabilities, List<JdbcDataSourceBuildItem> datasources,
            List<JobMethodBuildItem> methods, BeanDiscoveryFinishedBuildItem beans,
            BuildProducer<ValidationErrorBuildItem> errors) {
        Config config = ConfigProvider.getConfig();
        boolean directory = config.getOptionalValue(KEY + "store", Store.class).filter(Store.DIRECTORY::equals).isPresent();
        if (!isPossible(capabilities) || directory || methods.isEmpty() && !isInjected(beans)) {
            return;
        }
        Optional<String> named = config.getOptionalValue(KEY + "datasource", String.class);
        datasources.stream().filter(one -> named.map(one.getName()::equals).orElse(one.isDefault()))
                .filter(one -> one.getDbKind().equals(KnownDatasources.POSTGRESQL) && !one.isTransactionIntegrationEnabled())
                .forEach(one -> errors.produce(new ValidationErrorBuildItem(
                        new ConfigurationException(KnownDatasources.withoutTransactions(one.getName())))));
    }

    /** Whether a class of the application injects jobs. */
    private static boolean isInjected(BeanDiscoveryFinishedBuildItem beans) {
        return beans.getInjectionPoints().stream().filter(point -> point.getRequiredType().name().equals(BATCH_JOBS))
                .anyMatch(point -> point.getTargetBean()
                        .map(bean -> !bean.getBeanClass().toString().startsWith(OURS)).orElse(true));
    }

    @BuildStep
    void scripts(Capabilities capabilities, BuildProducer<NativeImageResourcePatternsBuildItem> resources) {
        if (isPossible(capabilities)) {
            resources.produce(
                    NativeImageResourcePatternsBuildItem.builder().includeGlob("db/openai-batch/*.sql").build());
        }
    }
}
