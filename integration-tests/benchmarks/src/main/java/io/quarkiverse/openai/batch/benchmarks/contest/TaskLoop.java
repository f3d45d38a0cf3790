package io.quarkiverse.openai.batch.benchmarks.contest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;

import io.quarkiverse.openai.batch.benchmarks.data.Tally;
import io.quarkiverse.openai.batch.benchmarks.work.Task;

/**
 * A contestant's process: runs the task that a line on standard input names, and prints its time and CPU in a line that begins
 * with {@code @}; at the end of the input, it prints the memory of the process.
 */
public final class TaskLoop {

    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Map<String, Task> tasks;
    private final PeakMemory memory = PeakMemory.watched();

    private TaskLoop(Map<String, Task> tasks) {
        this.tasks = tasks;
    }

    public static void run(Map<String, Task> tasks) throws IOException {
        new TaskLoop(tasks).run();
    }

    private void run() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String name = in.readLine(); name != null && !name.equals("end"); name = in.readLine()) {
            System.out.println("@" + measured(tasks.get(name)));
        }
        System.out.println("@" + memory.heapAfterCollection() + " " + memory.residentSet());
    }

    private static String measured(Task task) {
        try {
            task.prepare();
            return run(task);
        } catch (Exception | OutOfMemoryError e) {
            e.printStackTrace();
            return "failed";
        }
    }

    private static String run(Task task) throws Exception {
        long start = System.nanoTime();
        long cpuStart = SYSTEM.getProcessCpuTime();
        Tally tally = task.run();
        return "%d %d %d %d %d".formatted(System.nanoTime() - start, SYSTEM.getProcessCpuTime() - cpuStart, tally.units(),
                tally.characters(), tally.tokens());
    }
}
