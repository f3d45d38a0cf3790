package io.quarkiverse.openai.batch.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.benchmarks.contest.Scenario;
import io.quarkiverse.openai.batch.benchmarks.data.Answers;
import io.quarkiverse.openai.batch.benchmarks.data.ResultFile;
import io.quarkiverse.openai.batch.benchmarks.work.Settings;

class AMatchMeasuresEachContestantTest {

    @TempDir
    Path directory;

    @Test
    void inItsOwnProcess() throws IOException {
        Settings settings = new Settings(directory, 50_000, 10, 10, 10, 1, 2, URI.create("http://localhost"));
        for (Answers answers : Answers.values()) {
            ResultFile.write(settings.resultFile(answers), answers, settings.resultBytes());
        }
        Report report = new Report();

        try (Match match = new Match(Scenario.READ, settings)) {
            List<Series> all = match.run();
            assertThat(all).extracting(Series::task).isEqualTo(Scenario.READ.tasks());
            assertThat(all).allSatisfy(series -> assertThat(series.samples().keySet())
                    .containsExactlyElementsOf(Scenario.READ.contestants()));
            assertThat(all)
                    .allSatisfy(series -> assertThat(series.samples().values()).allMatch(samples -> samples.size() == 2));
            all.forEach(series -> report.add(Scenario.READ, series));
            report.add(Scenario.READ, match.memory());
        }

        assertThat(report.text()).contains("Reading results: texts", "openai-java takes at least 4.00 times as long");
        assertThat(report.asciidoc()).contains("|openai-batch |64m");
    }
}
