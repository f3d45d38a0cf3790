package io.quarkiverse.openai.batch.runtime.datasource;

import java.util.List;

import io.quarkiverse.openai.batch.runtime.datasource.KnownDatasources.KnownDatasource;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;

@Recorder
public class DatasourcesRecorder {

    public RuntimeValue<KnownDatasources> known(List<KnownDatasource> all, boolean jobsAreUsed) {
        return new RuntimeValue<>(new KnownDatasources(all, jobsAreUsed));
    }
}
