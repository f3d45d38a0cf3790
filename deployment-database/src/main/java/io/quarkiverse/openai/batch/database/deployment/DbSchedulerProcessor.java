package io.quarkiverse.openai.batch.database.deployment;

import java.util.logging.Level;

import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.LogCategoryBuildItem;

/** Build steps for the library that runs tasks in a database. */
public class DbSchedulerProcessor {

    /** The jobs log an outage of the database in a line; the scheduler would log a page each second. */
    @BuildStep
    LogCategoryBuildItem log() {
        return new LogCategoryBuildItem("com.github.kagkarlsson.scheduler", Level.OFF);
    }
}
