package io.quarkiverse.openai.batch.deployment.devui;

import java.util.List;

import io.quarkiverse.openai.batch.runtime.dev.BatchesJsonRpcService;
import io.quarkiverse.openai.batch.runtime.dev.FilesJsonRpcService;
import io.quarkiverse.openai.batch.runtime.dev.JobsJsonRpcService;
import io.quarkus.deployment.IsLocalDevelopment;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.devui.spi.JsonRPCProvidersBuildItem;
import io.quarkus.devui.spi.buildtime.BuildTimeActionBuildItem;
import io.quarkus.devui.spi.page.CardPageBuildItem;
import io.quarkus.devui.spi.page.Page;

/** The pages of the Dev UI, and what they call. */
@BuildSteps(onlyIf = IsLocalDevelopment.class)
class DevUiProcessor {

    @BuildStep
    CardPageBuildItem pages() {
        CardPageBuildItem card = new CardPageBuildItem();
        card.addPage(Page.webComponentPageBuilder().title("Jobs").icon("font-awesome-solid:list-check")
                .componentLink("qwc-openai-batch-jobs.js"));
        card.addPage(Page.webComponentPageBuilder().title("Batches").icon("font-awesome-solid:layer-group")
                .componentLink("qwc-openai-batch-batches.js"));
        card.addPage(Page.webComponentPageBuilder().title("Emulator").icon("font-awesome-solid:vial")
                .componentLink("qwc-openai-batch-emulator.js"));
        return card;
    }

    @BuildStep
    void services(BuildProducer<JsonRPCProvidersBuildItem> services) {
        List.of(JobsJsonRpcService.class, BatchesJsonRpcService.class, FilesJsonRpcService.class)
                .forEach(service -> services.produce(new JsonRPCProvidersBuildItem(service)));
    }

    /** The emulator is in the process of the build, not in the application. */
    @BuildStep
    BuildTimeActionBuildItem emulator() {
        BuildTimeActionBuildItem actions = new BuildTimeActionBuildItem();
        actions.addAction("emulator", parameters -> EmulatorActions.show());
        actions.addAction("emulatorSpeed", parameters -> EmulatorActions.speed(parameters.get("speed")));
        actions.addAction("emulatorMisbehave", parameters -> EmulatorActions.misbehave(parameters.get("name")));
        actions.addAction("emulatorBehave", parameters -> EmulatorActions.behave());
        return actions;
    }
}
