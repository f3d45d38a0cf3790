package io.quarkiverse.openai.batch.runtime.job.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.job.ResultsExpiredException;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.jsonl.Usage;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.MemoryFiles;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;

/**
 * In the tables, a letter is what a chunk answers its line with: P paid, E server error, U 429, X expired, C cancelled, R of a
 * batch that was refused, M missing, - nothing yet.
 */
class AMovedLineKeepsItsEarlierOutcomeTest {

    private final MemoryFiles files = new MemoryFiles();

    private static ChunkRow chunk(int number, char answer) {
        ChunkRow row = ChunkRow.spooled("job", number,
                new ChunkRow.Input("file", 1, 0, 0, 0, "", "model", 1, number - 1, false));
        return row.with(row.remote().withBatch(new RemoteBatch("batch-" + number,
                answer == 'R' ? State.FAILED : State.COMPLETED, null, null, null, null, null, null, null, List.of())));
    }

    private static byte[] line(int number, char answer) {
        String response = "{'id':'%d','custom_id':'a','response':{'status_code':%d,'body':{'usage':{'total_tokens':5}}}}";
        String error = "{'id':'%d','custom_id':'a','error':{'code':'%s'}}";
        return (switch (answer) {
            case 'P' -> response.formatted(number, 200);
            case 'E' -> response.formatted(number, 500);
            case 'U' -> response.formatted(number, 429);
            case 'X' -> error.formatted(number, "batch_expired");
            case 'C' -> error.formatted(number, "batch_cancelled");
            default -> error.formatted(number, "bad_line");
        }).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static void add(ResultWriter results, int number, char answer) throws IOException {
        switch (answer) {
            case 'P' -> results.addPaid(line(number, answer));
            case 'M' -> results.addMissing("a");
            case '-' -> results.addNothing();
            default -> results.add(line(number, answer));
        }
    }

    /** The chunk of the last attempt, collected, or with what its line has before. */
    private ChunkRow after(String answers, boolean collected) throws IOException {
        ChunkRow row = chunk(1, answers.charAt(0));
        for (int number = 1; number < answers.length(); number++) {
            try (ResultWriter results = new ResultWriter(files, row)) {
                results.moveNext();
                add(results, number, answers.charAt(number - 1));
                ChunkRow child = chunk(number + 1, answers.charAt(number));
                row = results.moved().keep(child).with(results.moved().tally(Usage.NONE));
            }
        }
        if (!collected) {
            return row;
        }
        try (ResultWriter results = new ResultWriter(files, row)) {
            add(results, answers.length(), answers.charAt(answers.length() - 1));
            return results.finish(List.of(), null).in(ChunkState.COLLECTED).with(results.tally(Usage.NONE));
        }
    }

    private BatchResult only(ChunkRow row) throws IOException {
        try (StoredResults results = new ChunkResults(files, row).open(0, line -> true)) {
            return results.next().result();
        }
    }

    @ParameterizedTest(name = "{0}: attempt {1}")
    @CsvSource({
            "P, 1", "EP, 2", "PP, 2", "PE, 1", "EU, 2", "UE, 2", "PM, 1", "XP, 2",
            "EX, 1", "EC, 1", "ER, 1", "XC, 1", "CX, 1", "XE, 2",
            "PEU, 1", "PEP, 3", "PPE, 2", "EUX, 2", "UXC, 1", "XEC, 2", "PXC, 1", "-P, 2", "-C, 2", "-XE, 3" })
    void theLatestThatSucceededElseTheLatestThatWasRun(String answers, String attempt) throws IOException {
        assertThat(only(after(answers, true)).id()).isEqualTo(attempt);
    }

    @Test
    void alsoThatItIsMissing() throws IOException {
        assertThat(only(after("MC", true)).outcome()).isEqualTo(Outcome.MISSING);
        assertThat(only(after("EM", true)).outcome()).isEqualTo(Outcome.MISSING);
    }

    @ParameterizedTest
    @CsvSource({ "E?, 1", "PE?, 1", "XE?, 2", "EX?, 1" })
    void untilItsNewChunkHasOne(String answers, String attempt) throws IOException {
        ChunkRow waiting = after(answers, false);
        assertThat(only(waiting).id()).isEqualTo(attempt);
        assertThat(waiting.tally().lines()).isEqualTo(1);
        try (Stream<BatchResult> all = new JobResults(List.of(waiting), files).byCompletion()) {
            assertThat(all).extracting(BatchResult::id).containsExactly(attempt);
        }
    }

    @Test
    void whichIsNoneIfNothingWasAnswered() throws IOException {
        ChunkRow waiting = after("-?", false);
        assertThat(waiting.tally().lines()).isZero();
        try (Stream<BatchResult> all = new JobResults(List.of(waiting), files).byCompletion()) {
            assertThat(all).isEmpty();
        }
    }

    @Test
    void andItsTokensAreCountedWhereTheyWereUsed() throws IOException {
        ChunkRow row = chunk(1, 'E');
        try (ResultWriter results = new ResultWriter(files, row)) {
            results.moveNext();
            add(results, 1, 'E');
            assertThat(results.tally(Usage.NONE).usage().totalTokens()).isEqualTo(5);
            assertThat(results.tally(Usage.NONE).lines()).isZero();
            assertThat(results.moved().tally(Usage.NONE).failed()).isEqualTo(1);
        }
    }

    private ChunkRow rerun(ChunkRow parent, boolean known) throws IOException {
        BitSet lines = new BitSet();
        lines.set(0);
        ChunkRow child = chunk(2, 'E');
        try (ResultPart earlier = ResultPart.copy(files, parent, lines, line -> known)) {
            return earlier.keep(child).with(earlier.tally(Usage.NONE));
        }
    }

    private ChunkRow collected(ChunkRow row, char answer) throws IOException {
        try (ResultWriter results = new ResultWriter(files, row)) {
            add(results, 2, answer);
            return results.finish(List.of(), null).in(ChunkState.COLLECTED);
        }
    }

    @Test
    void handlersGetItIfTheyHadItNotBefore() throws IOException {
        ChunkRow parent = after("P", true);
        for (boolean known : new boolean[] { true, false }) {
            for (char answer : new char[] { 'E', 'P' }) {
                ChunkRow child = collected(rerun(parent, known), answer);
                try (StoredResults toHandlers = new ChunkResults(files, child).openNew(0, outcome -> true)) {
                    assertThat(toHandlers.hasNext()).as("%s %s", known, answer).isEqualTo(answer == 'P' || !known);
                }
            }
        }
    }

    @Test
    void alsoIfTheResultWasDeletedAfterItWasHandedOver() throws IOException {
        ChunkRow parent = after("P", true);
        parent = parent.without(ChunkFile.RESULTS);
        ChunkRow waiting = rerun(parent, true);
        assertThat(waiting.tally().succeeded()).isEqualTo(1);
        assertThatThrownBy(() -> only(waiting)).isInstanceOf(ResultsExpiredException.class);
        ChunkRow child = collected(waiting, 'E');
        assertThat(new ChunkResults(files, child).lines(Set.of(Outcome.SUCCEEDED))
                .cardinality()).isEqualTo(1);
        assertThat(only(collected(waiting, 'P')).id()).isEqualTo("2");
    }
}
