package io.quarkiverse.openai.batch.cli.run;

import java.nio.file.Path;
import java.time.Duration;

import io.quarkiverse.openai.batch.cli.PlainText;
import io.quarkiverse.openai.batch.cli.answer.Answers.Tally;
import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.model.Batch;

/** What the user reads at the end. */
final class Summary {

    private Summary() {
    }

    static String of(Batch batch, Tally tally, Duration elapsed, Path output) {
        Usage usage = tally.usage();
        return """
                Batch      %s, %s
                Lines      %d
                Succeeded  %d
                Failed     %d
                Tokens     %d (%d in, %d out)
                Time       %d.%03d s
                Answers    %s""".formatted(batch.id(), PlainText.of(batch.statusText()), tally.lines(), tally.succeeded(),
                tally.failed(), usage.totalTokens(), usage.inputTokens(), usage.outputTokens(), elapsed.toSeconds(),
                elapsed.toMillisPart(), output);
    }
}
