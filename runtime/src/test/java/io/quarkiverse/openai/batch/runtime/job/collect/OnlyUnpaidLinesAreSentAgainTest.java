package io.quarkiverse.openai.batch.runtime.job.collect;

import static io.quarkiverse.openai.batch.runtime.job.openai.Batches.batch;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.runtime.job.files.MemoryFiles;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.result.ResultWriter;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ResubmitUnknown;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow.Stop;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;
import io.quarkiverse.openai.batch.runtime.job.store.Tally;

/**
 * In the tables, a letter is the answer of a line: P paid, U unpaid (429), E server error, R refused (400), X expired,
 * M malformed, - none; and in what is sent again, 1 is a line that is.
 */
class OnlyUnpaidLinesAreSentAgainTest {

    @TempDir
    Path root;

    private JobRow job = Rows.job("a");
    private JobSettings settings = JobSettings.of(LineLimits.OPENAI);

    private static String line(int number, char answer) {
        String response = "{'custom_id':'%d','response':{'status_code':%d,'body':{}}}";
        return (switch (answer) {
            case 'P' -> response.formatted(number, 200);
            case 'U' -> response.formatted(number, 429);
            case 'E' -> response.formatted(number, 500);
            case 'R' -> response.formatted(number, 400);
            case 'X' -> "{'custom_id':'%d','error':{'code':'batch_expired'}}".formatted(number);
            default -> "{'custom_id':'%d','response':[".formatted(number);
        }).replace('\'', '"');
    }

    private LineAccount account(String answers) throws IOException {
        List<String> ids = IntStream.range(0, answers.length()).mapToObj(String::valueOf).toList();
        List<String> lines = IntStream.range(0, answers.length()).filter(n -> answers.charAt(n) != '-')
                .mapToObj(n -> line(n, answers.charAt(n))).toList();
        return new LineAccount(ids.stream(), ids.size(), Files.write(root.resolve("output"), lines),
                Files.write(root.resolve("errors"), List.of()), Long.MAX_VALUE);
    }

    private ResendDecision decision(int attempt, String answers, LineAccount account, RemoteBatch... batches) {
        ChunkRow.Input input = new ChunkRow.Input("file", answers.length(), 1, 1, 1, "00", "model", attempt, 0, false);
        return new ResendDecision(ChunkRow.spooled("a", 1, input), job, settings, List.of(batches), account, Judgement.NOTHING);
    }

    private String resent(int attempt, String answers, RemoteBatch... batches) throws IOException {
        try (LineAccount account = account(answers)) {
            BitSet resent = decision(attempt, answers, account, batches).resent();
            return IntStream.range(0, answers.length()).mapToObj(n -> resent.get(n) ? "1" : "0").collect(Collectors.joining());
        }
    }

    private static RemoteBatch ended(String status, String completed) {
        return batch("{'id':'batch_1','status':'%s'%s}".formatted(status,
                completed == null ? "" : ",'request_counts':{'total':9,'failed':0,'completed':" + completed + "}"));
    }

    private static RemoteBatch refused(String errors) {
        return batch("{'id':'batch_1','status':'failed','errors':{'data':[" + errors + "]}}");
    }

    @ParameterizedTest(name = "{0}, {1} counted, {3} of {2}")
    @CsvSource({
            "completed, 1, NONE,   PUERXM-, 0100100",
            "completed, 1, ERRORS, PUERXM-, 0110100",
            "completed, 1, ALL,    PUERXM-, 0110111",
            "completed, 0, ALL,    PUERXM-, 0110111",
            "completed, , ERRORS,  PUERXM-, 0110100" })
    void ofACompletedBatchAndOthersAsSet(String status, String completed, ResubmitUnknown unknown, String answers,
            String expected) throws IOException {
        settings = settings.withAttempts(3, unknown);
        assertThat(resent(1, answers, ended(status, completed))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} counted of {1}")
    @CsvSource({
            "2, PUE-, 0100", "3, PUE-, 0100", "4, PUE-, 0000", "1000000, PUE-, 0000",
            "2, PU, 00", "1, PU, 01" })
    void countsThatSayMoreVeto(String completed, String answers, String expected) throws IOException {
        settings = settings.withAttempts(3, ResubmitUnknown.ALL);
        assertThat(resent(1, answers, ended("completed", completed))).isEqualTo(expected);
        assertThat(resent(1, answers, ended("completed", "0"), ended("cancelled", completed))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}, {1} counted of {2}")
    @CsvSource({
            "expired, 1, P--, 011", "cancelled, 1, P--, 011", "expired, 0, ---, 111",
            "expired, 2, P--, 000", "cancelled, 0, P--, 000", "expired, , P--, 000",
            "completed, 1, P--, 000", "unheard_of, 1, P--, 000", "expired, 1, PM-, 001" })
    void absentLinesWereNotRunIfTheBatchWasCutShortAndItsCountsAgree(String status, String completed, String answers,
            String expected) throws IOException {
        settings = settings.withAttempts(3, ResubmitUnknown.NONE);
        assertThat(resent(1, answers, ended(status, completed))).isEqualTo(expected);
    }

    @Test
    void absentLinesMayHaveBeenRunIfATwinWasNotCutShort() throws IOException {
        assertThat(resent(1, "P--", ended("expired", "1"), ended("completed", "1"))).isEqualTo("000");
        assertThat(resent(1, "P--", ended("expired", "1"), ended("cancelled", "1"))).isEqualTo("011");
    }

    @Test
    void ofARefusedBatchAllButTheLinesAtFault() throws IOException {
        assertThat(resent(1, "---", refused("{'code':'bad','line':2},{'code':'worse','line':2}"))).isEqualTo("101");
        assertThat(resent(1, "---", refused("{'code':'bad'}"))).isEqualTo("111");
        assertThat(resent(1, "---", refused("{'code':'bad','line':7},{'code':'bad','line':0}"))).isEqualTo("111");
    }

    @ParameterizedTest
    @CsvSource({ "1, completed, 011", "2, completed, 011", "3, completed, 000", "4, completed, 000", "3, failed, 111",
            "100, failed, 111" })
    void asOftenAsSetAndARefusalIsNoAttempt(int attempt, String status, String expected) throws IOException {
        String answers = status.equals("failed") ? "---" : "PUU";
        assertThat(resent(attempt, answers, ended(status, null))).isEqualTo(expected);
    }

    @Test
    void noneOfAJobThatIsStopped() throws IOException {
        for (Stop stop : Stop.values()) {
            job = Rows.job("a").stopped(stop, null, null);
            assertThat(resent(1, "UUU", ended("completed", "0"))).isEqualTo("000");
        }
    }

    private Tally tally(String answers, RemoteBatch... batches) throws IOException {
        try (LineAccount account = account(answers);
                ResultWriter results = new ResultWriter(new MemoryFiles(), chunk("a", 1))) {
            ResendDecision decision = decision(1, answers, account, batches);
            return decision.write(results, IntStream.range(0, answers.length()).mapToObj(String::valueOf), decision.resent());
        }
    }

    @Test
    void eachLineThatIsNotSentAgainHasOneOutcome() throws IOException {
        job = job.stopped(Stop.SEND_NOTHING, null, null);
        assertThat(tally("PURXM-", ended("completed", "1"))).satisfies(outcomes(1, 2, 1, 0, 1, 1));
        assertThat(tally("P-", ended("expired", "1"))).satisfies(outcomes(1, 0, 1, 0, 0, 0));
        assertThat(tally("P-", ended("expired", "2"))).satisfies(outcomes(1, 0, 0, 0, 1, 0));
        assertThat(tally("P-", ended("cancelled", "1"))).satisfies(outcomes(1, 0, 0, 1, 0, 0));
        assertThat(tally("---", refused("{'code':'bad','line':2}"))).satisfies(outcomes(0, 1, 0, 2, 0, 0))
                .extracting(Tally::firstErrors).asString().contains("bad");
    }

    private static org.assertj.core.api.ThrowingConsumer<Tally> outcomes(long succeeded, long failed, long expired,
            long cancelled, long missing, long malformed) {
        return tally -> assertThat(Stream.of(tally.succeeded(), tally.failed(), tally.expired(), tally.cancelled(),
                tally.missing(), tally.malformed())).containsExactly(succeeded, failed, expired, cancelled, missing, malformed);
    }

    @Test
    void linesThatMayHaveBeenPaidAndAreSentAgainAreCountedApart() throws IOException {
        assertThat(tally("PUE", ended("completed", "1"))).satisfies(tally -> {
            assertThat(tally.resent()).isEqualTo(1);
            assertThat(tally.resentUnknown()).isEqualTo(1);
        });
    }
}
