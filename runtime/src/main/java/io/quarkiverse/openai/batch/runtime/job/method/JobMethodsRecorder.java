package io.quarkiverse.openai.batch.runtime.job.method;

import java.util.List;

import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;

@Recorder
public class JobMethodsRecorder {

    public RuntimeValue<JobMethods> methods(List<SourceMethod> sources, List<HandlerMethod> handlers, List<CheckMethod> checks,
            List<String> patterns) {
        return new RuntimeValue<>(new JobMethods(sources, handlers, checks, patterns));
    }
}
