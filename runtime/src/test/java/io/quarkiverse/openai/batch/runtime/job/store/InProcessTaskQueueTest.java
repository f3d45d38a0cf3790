package io.quarkiverse.openai.batch.runtime.job.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;

class InProcessTaskQueueTest extends TaskQueueContract {

    private final TaskQueue queue = new InProcessTaskQueue(InstantSource.system(), 4, Duration.ofSeconds(1));

    @Override
    TaskQueue queue() {
        return queue;
    }

    @Override
    InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    boolean reaches(CountDownLatch end) throws InterruptedException {
        return end.await(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() {
        queue.close();
    }
}
