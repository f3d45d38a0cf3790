package io.quarkiverse.openai.batch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.openai.batch.benchmarks.data.Answers;
import io.quarkiverse.openai.batch.benchmarks.data.ResultFile;
import io.quarkiverse.openai.batch.benchmarks.data.ResultSink;
import io.quarkiverse.openai.batch.benchmarks.data.Tally;
import io.quarkiverse.openai.batch.benchmarks.limits.ChatRecords;
import io.quarkiverse.openai.batch.benchmarks.limits.Scans;
import io.quarkiverse.openai.batch.benchmarks.openaijava.OpenAiJavaResults;
import io.quarkiverse.openai.batch.benchmarks.ours.ResultsOfJsonl;
import io.quarkiverse.openai.batch.benchmarks.simpleopenai.SimpleOpenAiResults;
import io.quarkiverse.openai.batch.benchmarks.work.ResultReading;

class EveryReaderFindsTheSameTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("readers")
    void inEachLine(ResultReading reading, Answers answers) throws IOException {
        Path file = directory.resolve("results.jsonl");
        List<Line> expected = new ArrayList<>();
        Tally tally = ResultFile.write(file, answers, 100_000, adding(expected));
        List<Line> read = new ArrayList<>();
        Tally.Sum sum = new Tally.Sum();

        try (InputStream in = Files.newInputStream(file)) {
            reading.read(in, adding(read));
        }
        try (InputStream in = Files.newInputStream(file)) {
            reading.read(in, sum);
        }

        assertThat(read).isEqualTo(expected);
        assertThat(sum.tally()).isEqualTo(tally);
    }

    static Stream<Arguments> readers() {
        return Stream.of(new ResultsOfJsonl(), new OpenAiJavaResults(), new SimpleOpenAiResults(), new ChatRecords())
                .flatMap(reading -> Stream.of(Answers.values()).map(answers -> Arguments.of(reading, answers)));
    }

    @ParameterizedTest
    @EnumSource
    void scansCountAllLines(Answers answers) throws IOException {
        Path file = directory.resolve("results.jsonl");
        long lines = ResultFile.write(file, answers, 100_000).units();

        assertThat(Scans.tokens(file).units()).isEqualTo(lines);
        assertThat(Scans.newlines(file).units()).isEqualTo(lines);
    }

    private static ResultSink adding(List<Line> lines) {
        return (customId, model, finishReason, text, tokens) -> lines
                .add(new Line(customId, model, finishReason, text, tokens));
    }

    record Line(String customId, String model, String finishReason, String text, ResultSink.Tokens tokens) {
    }
}
