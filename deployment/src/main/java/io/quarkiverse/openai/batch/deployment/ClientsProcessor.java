package io.quarkiverse.openai.batch.deployment;

import static io.quarkiverse.openai.batch.runtime.provider.ClientSettings.DEFAULT_NAME;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassType;

import io.quarkiverse.openai.batch.AuthProvider;
import io.quarkiverse.openai.batch.BatchClient;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.ClientProvider;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;
import io.quarkiverse.openai.batch.reactive.ReactiveFileService;
import io.quarkiverse.openai.batch.runtime.app.Clients;
import io.quarkiverse.openai.batch.runtime.app.OpenAiBatchRecorder;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.tls.deployment.spi.TlsRegistryBuildItem;

/**
 * The beans of the clients: each service with {@code @RestClient}, without a qualifier, and for each name; and the clients
 * themselves, without a qualifier and for each name.
 */
class ClientsProcessor {

    @BuildStep
    AdditionalBeanBuildItem beans() {
        return AdditionalBeanBuildItem.builder().addBeanClasses(Clients.class, BatchClient.class).setUnremovable().build();
    }

    @BuildStep
    UnremovableBeanBuildItem authProviders() {
        return UnremovableBeanBuildItem.beanTypes(AuthProvider.class, ClientProvider.class);
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void checkConfiguration(OpenAiBatchRecorder recorder, Capabilities capabilities, List<ClientNameBuildItem> names) {
        recorder.checkConfiguration(capabilities.isPresent(Capability.VERTX_HTTP),
                Stream.concat(Stream.of(DEFAULT_NAME), names.stream().map(ClientNameBuildItem::getName))
                        .collect(Collectors.toSet()));
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void services(OpenAiBatchRecorder recorder, List<ClientNameBuildItem> names, TlsRegistryBuildItem tlsRegistryFirst,
            BuildProducer<SyntheticBeanBuildItem> beans) {
        client(recorder, DEFAULT_NAME, beans, Qualification.REST_CLIENT);
        client(recorder, DEFAULT_NAME, beans, Qualification.NONE);
        beans.produce(bean(OpenAiBatch.class, recorder.client(DEFAULT_NAME), DEFAULT_NAME, Qualification.NONE));
        for (ClientNameBuildItem name : names) {
            client(recorder, name.getName(), beans, Qualification.NAME);
            beans.produce(bean(OpenAiBatch.class, recorder.client(name.getName()), name.getName(), Qualification.NAME));
        }
    }

    private static void client(OpenAiBatchRecorder recorder, String name, BuildProducer<SyntheticBeanBuildItem> beans,
            Qualification qualification) {
        beans.produce(bean(BatchService.class, recorder.batchService(name), name, qualification));
        beans.produce(bean(FileService.class, recorder.fileService(name), name, qualification));
        beans.produce(bean(ReactiveBatchService.class, recorder.reactiveBatchService(name), name, qualification));
        beans.produce(bean(ReactiveFileService.class, recorder.reactiveFileService(name), name, qualification));
    }

    private static <T> SyntheticBeanBuildItem bean(Class<T> type, Function<SyntheticCreationalContext<T>, T> creator,
            String name, Qualification qualification) {
        SyntheticBeanBuildItem.ExtendedBeanConfigurator bean = SyntheticBeanBuildItem.configure(type)
                .scope(ApplicationScoped.class)
                .unremovable()
                .setRuntimeInit()
                .addInjectionPoint(ClassType.create(Clients.class))
                .createWith(creator);
        switch (qualification) {
            // takes the place of the bean that the REST client makes of the interface, but not that of a @Mock, which has 1
            case REST_CLIENT -> bean.addQualifier(RestClient.class).alternative(true).priority(0);
            case NONE -> bean.defaultBean();
            case NAME -> bean.addQualifier(AnnotationInstance.builder(BatchClient.class).value(name).build()).defaultBean();
        }
        return bean.done();
    }

    private enum Qualification {
        REST_CLIENT,
        NONE,
        NAME
    }
}
