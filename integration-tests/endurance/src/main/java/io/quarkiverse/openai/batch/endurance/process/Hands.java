package io.quarkiverse.openai.batch.endurance.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.openai.batch.endurance.process.Plan.Action;
import io.quarkiverse.openai.batch.job.BatchJob;

/** Does to a process, its job and its clock what a plan says. */
final class Hands {

    private static final int HALTED = 86;
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(40);

    private final Thread main = Thread.currentThread();
    private final JumpingClock wall;
    private final SharedClock time;
    private final VolatileDisk disk;
    private final long loss;
    private volatile BatchJob job;
    private volatile Instant cancelledAt;
    private volatile boolean resigned;
    private volatile boolean reopening;
    private volatile CountDownLatch reopened = new CountDownLatch(1);

    /**
     * @param wall the clock that is set
     * @param time the true time
     * @param disk that a halt takes the power from; null for none
     * @param loss what decides what it loses
     */
    Hands(JumpingClock wall, SharedClock time, VolatileDisk disk, long loss) {
        this.wall = wall;
        this.time = time;
        this.disk = disk;
        this.loss = loss;
    }

    /** The job that is controlled from now on. */
    void hold(BatchJob held) {
        job = held;
    }

    /** Its runner is about to be closed. */
    void release() {
        job = null;
    }

    void act(Action action, String where) {
        BatchJob held = job;
        switch (action) {
            case HALT -> halt("halted " + where);
            case FORWARD -> wall.forward();
            case BACK -> wall.back();
            case PAUSE -> {
                if (held != null) {
                    held.pause();
                    held.resume();
                }
            }
            case CANCEL -> {
                if (held != null) {
                    cancel(held);
                }
            }
        }
    }

    void cancel(BatchJob held) {
        cancelledAt = cancelledAt == null ? time.instant() : cancelledAt;
        held.cancel();
    }

    /** Cancels what could not be helped otherwise. */
    void resign(BatchJob held) {
        resigned = true;
        cancel(held);
    }

    boolean resigned() {
        return resigned;
    }

    /** The provider's time since the job was cancelled; zero if it was not. */
    Duration sinceCancel() {
        return cancelledAt == null ? Duration.ZERO : Duration.between(cancelledAt, time.instant());
    }

    /** Prints why, and halts, with a loss of power if there is a disk that can have one. */
    synchronized void halt(String why) {
        JobProcess.print("@" + why);
        if (disk == null) {
            Runtime.getRuntime().halt(HALTED);
        } else {
            disk.losePower(new Random(loss), () -> Runtime.getRuntime().halt(HALTED));
        }
    }

    /** Has the runner closed and opened again, and returns only then, whatever interrupts it. */
    void outliveClose() {
        reopening = true;
        main.interrupt();
        boolean interrupted = false;
        long end = System.nanoTime() + LONGEST_CLOSE.toNanos();
        while (reopened.getCount() > 0 && System.nanoTime() < end) {
            try {
                reopened.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the runner is to be closed and opened again. */
    boolean isReopening() {
        return reopening;
    }

    /** The next runner runs. */
    void reopened() {
        reopening = false;
        reopened.countDown();
    }
}
