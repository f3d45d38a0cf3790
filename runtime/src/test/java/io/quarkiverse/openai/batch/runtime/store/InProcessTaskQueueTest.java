package io.quarkiverse.openai.batch.runtime.store;

import java.time.Duration;
import java.time.InstantSource;

import org.junit.jupiter.api.AfterEach;

import io.quarkiverse.openai.batch.runtime.job.store.InProcessTaskQueue;
import io.quarkiverse.openai.batch.runtime.job.store.TaskQueue;

class InProcessTaskQueueTest extends TaskQueueContract {

    private final TaskQueue queue = new InProcessTaskQueue(InstantSource.system(), 4, Duration.ofSeconds(1));

    @Override
    TaskQueue queue() {
        return queue;
    }

    @AfterEach
    void close() {
        queue.close();
    }
}
