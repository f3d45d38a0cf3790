package io.quarkiverse.openai.batch.jsonl;

import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Iterator;
import java.util.stream.IntStream;

import com.sun.management.OperatingSystemMXBean;

/**
 * Reads, validates and writes 1, 10 and 100 files' worth of lines in a heap of 64 MB, and prints how long a file took in each.
 * A file's worth is scaled down, for the build's sake, to a twentieth of the 50,000 lines of a real one: what counts is that
 * nothing grows with their number.
 */
public final class LinearTime {

    private static final OperatingSystemMXBean PROCESS = ManagementFactory
            .getPlatformMXBean(OperatingSystemMXBean.class);
    private static final int LINES = 2_500;
    private static final int BLOCK = 500;
    private static final byte[] RESULTS = Lines.bytes(IntStream.range(0, BLOCK).mapToObj(ResultLines::chat)
            .toArray(String[]::new));
    private static final byte[] REQUESTS = Lines.bytes(IntStream.range(0, LINES).mapToObj(i -> "{\"custom_id\": \"r" + i
            + "\", \"method\": \"POST\", \"url\": \"/v1/responses\", \"body\": {\"input\": \"Hello\"}}")
            .toArray(String[]::new));

    private LinearTime() {
    }

    public static void main(String[] args) {
        for (String work : new String[] { "read", "validate", "write" }) {
            run(work, 10);
            System.out.printf("%s %d %d %d%n", work, run(work, 1), run(work, 10), run(work, 100));
        }
    }

    /**
     * Microseconds a file that this process was on a processor, which other work on the machine does not count in. Each number
     * of
     * files is run as often as it takes to make a hundred: the clock is a coarse one.
     */
    private static long run(String work, int files) {
        long start = PROCESS.getProcessCpuTime();
        for (int time = 0; time < 100 / files; time++) {
            long lines = switch (work) {
                case "read" -> read(JsonlReader.results(results(files)));
                case "validate" -> validate(files);
                default -> write(files);
            };
            if (lines != (long) files * LINES) {
                throw new IllegalStateException(work + " has seen " + lines + " lines of " + files + " files");
            }
        }
        return (PROCESS.getProcessCpuTime() - start) / 1000 / 100;
    }

    private static InputStream results(int files) {
        return new EndlessLines(RESULTS, (long) files * LINES / BLOCK);
    }

    private static long read(JsonlReader<BatchResult> reader) {
        long[] seen = new long[2];
        reader.forEach(result -> {
            seen[0] += result.text().length();
            seen[1]++;
        });
        return seen[1];
    }

    /** Each file by itself, as the ids of a file are kept while it is checked. */
    private static long validate(int files) {
        long lines = 0;
        for (int file = 0; file < files; file++) {
            ValidationReport report = RequestValidator.withLimits(LineLimits.OPENAI).validate(Lines.stream(REQUESTS));
            lines += report.isValid() ? report.lines() : 0;
        }
        return lines;
    }

    private static long write(int files) {
        RequestWriter writer = RequestWriter.withLimits(LineLimits.OPENAI);
        ChatBody template = ChatBody.of("gpt-6-luna").system("Answer with one word.").temperature(0);
        long lines = 0;
        for (int file = 0; file < files; file++) {
            Iterator<BatchRequest> requests = IntStream.range(0, LINES)
                    .mapToObj(i -> BatchRequest.of("r" + i, template.user("What is " + i + "?"))).iterator();
            lines += writer.write(requests, new Nowhere()).lines();
        }
        return lines;
    }

    private static final class Nowhere implements WritableByteChannel {

        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            source.position(source.limit());
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
