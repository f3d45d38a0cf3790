package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.instancio.junit.InstancioExtension;
import org.instancio.junit.InstancioSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;

/** Each sample is made of one number, which a failure names. */
@ExtendWith(InstancioExtension.class)
@Timeout(60)
class AnyBytesCostOnlyTheLinesTheyDamageTest {

    private static final List<byte[]> GOOD = IntStream.range(0, 30)
            .mapToObj(
                    i -> i % 3 == 0 ? ResultLines.chat(i) : i % 3 == 1 ? ResultLines.response(i) : ResultLines.embedding(i, 9))
            .map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
    private static final byte[] STRUCTURE = "{}[]\",:\\\n\r \0\u001f0-1.eEtfnu".getBytes(StandardCharsets.UTF_8);

    /** However lines are read together, each says what it says by itself. */
    @ParameterizedTest
    @InstancioSource(samples = 300)
    void damagedLinesAmongGoodOnes(long seed) {
        Random random = new Random(seed);
        List<byte[]> lines = new ArrayList<>();
        for (byte[] line : GOOD) {
            lines.add(random.nextInt(4) == 0 ? damaged(line, random) : line);
        }
        byte[] file = file(lines, random.nextBoolean());

        List<BatchResult> expected = alone(file);

        assertThat(Lines.read(Lines.stream(file))).isEqualTo(expected);
        assertThat(Lines.read(Lines.slowly(file, 1 + random.nextInt(3000)))).isEqualTo(expected);
        assertThat(expected).filteredOn(BatchResult::succeeded).hasSizeGreaterThanOrEqualTo(
                (int) lines.stream().filter(GOOD::contains).count() - 1);
        expected.forEach(AnyBytesCostOnlyTheLinesTheyDamageTest::touch);
    }

    @ParameterizedTest
    @InstancioSource(samples = 500)
    void bytesOutOfTheBlue(long seed) {
        Random random = new Random(seed);
        byte[] file = new byte[random.nextInt(2000)];
        random.nextBytes(file);
        for (int i = 0; i < file.length; i++) {
            file[i] = random.nextInt(3) == 0 ? file[i] : STRUCTURE[random.nextInt(STRUCTURE.length)];
        }

        assertThat(Lines.read(Lines.stream(file))).isEqualTo(alone(file));
        assertThat(RequestValidator.withLimits(LineLimits.OPENAI).validate(Lines.stream(file)).isValid()).isFalse();
        readRequests(file);
    }

    private static void readRequests(byte[] file) {
        try (Stream<BatchRequest> lines = JsonlReader.requests(Lines.stream(file)).stream()) {
            Iterator<BatchRequest> requests = lines.iterator();
            boolean more = true;
            while (more) {
                try {
                    more = requests.hasNext();
                    assertThat(more ? requests.next() : "the end").isNotNull();
                } catch (JsonlException e) {
                    assertThat(e).hasMessageStartingWith("line ");
                }
            }
        }
    }

    /** What a caller may ask of any result throws nothing but the package's own error. */
    private static void touch(BatchResult result) {
        assertThat(result.toString()).isNotEmpty();
        try {
            result.json();
            result.bodyJson();
            result.as(Integer.class);
        } catch (JsonlException e) {
            assertThat(e).hasMessageContaining("BatchResult");
        }
    }

    private static List<BatchResult> alone(byte[] file) {
        List<BatchResult> results = new ArrayList<>();
        int from = hasByteOrderMark(file) ? 3 : 0;
        for (int i = from; i <= file.length; i++) {
            if (i == file.length || file[i] == '\n') {
                byte[] line = Arrays.copyOfRange(file, from, i);
                if (!new String(line, StandardCharsets.ISO_8859_1).chars().allMatch(c -> c == ' ' || c == '\t' || c == '\r')) {
                    results.add(BatchResult.parse(line));
                }
                from = i + 1;
            }
        }
        return results;
    }

    private static boolean hasByteOrderMark(byte[] file) {
        return file.length >= 3 && file[0] == (byte) 0xEF && file[1] == (byte) 0xBB && file[2] == (byte) 0xBF;
    }

    private static byte[] damaged(byte[] line, Random random) {
        byte[] damaged = line.clone();
        switch (random.nextInt(5)) {
            case 0 -> damaged = Arrays.copyOf(line, random.nextInt(line.length));
            case 1 -> damaged = Arrays.copyOfRange(line, random.nextInt(line.length), line.length);
            case 2 -> damaged = file(List.of(line, Arrays.copyOf(line, random.nextInt(line.length))), false);
            default -> {
                for (int k = 0; k <= random.nextInt(4); k++) {
                    byte any = (byte) random.nextInt(256);
                    damaged[random.nextInt(line.length)] = random.nextBoolean() ? any
                            : STRUCTURE[random.nextInt(STRUCTURE.length)];
                }
            }
        }
        return damaged;
    }

    private static byte[] file(List<byte[]> lines, boolean lastNewline) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            file.writeBytes(line);
            file.write('\n');
        }
        return lastNewline ? file.toByteArray() : Arrays.copyOf(file.toByteArray(), file.size() - 1);
    }
}
