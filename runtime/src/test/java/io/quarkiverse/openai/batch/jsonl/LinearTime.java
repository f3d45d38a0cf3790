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
 * A file's worth is scaled down, for the build's sake, to a tenth of the 50,000 lines of a real one: what counts is that
 * nothing grows with their number.
 */
public final class LinearTime {

    private static final OperatingSystemMXBean PROCESS = ManagementFactory
            .getPlatformMXBean(OperatingSystemMXBean.class);
    private static final int LINES = 5_000;
    private static final int BLOCK = 500;

    private LinearTime() {
    }

    public static void main(String[] args) {
        for (String work : new String[] { "read", "threads", "validate", "write" }) {
            run(work, 10);
            System.out.printf("%s %d %d %d%n", work, run(work, 1), run(work, 10), run(work, 100));
        }
    }

    /** Microseconds a file that this process was on a processor, which other work on the machine does not count in. */
    private static long run(String work, int files) {
        long quickest = Long.MAX_VALUE;
        for (int time = 0; time < (files < 100 ? 3 : 1); time++) {
            long start = PROCESS.getProcessCpuTime();
            long lines = switch (work) {
                case "read" -> read(JsonlReader.results(results(files)));
                case "threads" -> read(JsonlReader.results(results(files)).threads(2));
                case "validate" -> validate(files);
                default -> write(files);
            };
            quickest = Math.min(quickest, (PROCESS.getProcessCpuTime() - start) / 1000 / files);
            if (lines != (long) files * LINES) {
                throw new IllegalStateException(work + " has seen " + lines + " lines of " + files + " files");
            }
        }
        return quickest;
    }

    private static InputStream results(int files) {
        byte[] block = Lines.bytes(IntStream.range(0, BLOCK).mapToObj(ResultLines::chat).toArray(String[]::new));
        return new EndlessLines(block, (long) files * LINES / BLOCK);
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
        byte[] block = new byte[0];
        long lines = 0;
        for (int file = 0; file < files; file++) {
            block = block.length > 0 ? block
                    : Lines.bytes(IntStream.range(0, LINES).mapToObj(i -> "{\"custom_id\": \"r" + i
                            + "\", \"method\": \"POST\", \"url\": \"/v1/responses\", \"body\": {\"input\": \"Hello\"}}")
                            .toArray(String[]::new));
            ValidationReport report = RequestValidator.withLimits(LineLimits.OPENAI).validate(Lines.stream(block));
            lines += report.isValid() ? report.lines() : 0;
        }
        return lines;
    }

    private static long write(int files) {
        RequestWriter writer = RequestWriter.withLimits(LineLimits.OPENAI);
        ChatBody template = ChatBody.of("gpt-5-mini").system("Answer with one word.").temperature(0);
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
