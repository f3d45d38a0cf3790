package io.quarkiverse.openai.batch.benchmarks.work;

import java.io.IOException;
import java.io.InputStream;

import io.quarkiverse.openai.batch.benchmarks.data.ResultSink;

/** A way to read result lines into typed objects. */
@FunctionalInterface
public interface ResultReading {

    void read(InputStream in, ResultSink sink) throws IOException;
}
