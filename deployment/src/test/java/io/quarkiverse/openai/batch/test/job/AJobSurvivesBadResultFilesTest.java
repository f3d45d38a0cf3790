package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.BatchFault.Counts;
import io.quarkiverse.openai.batch.emulator.control.LineFault;
import io.quarkiverse.openai.batch.emulator.control.LineFault.Kind;
import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RequestFault;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ResubmitUnknown;

/** What a provider does with single lines of its result files, and with the files. */
class AJobSurvivesBadResultFilesTest extends JobTest {

    private static final Set<String> TEN = IntStream.range(0, 10).mapToObj(n -> "line-" + n).collect(Collectors.toSet());

    private void fault(LineFault fault) {
        bench.emulator.faults().add(new BatchFault().lines(fault));
    }

    @Test
    void aServerErrorInALineIsSentAgainAndCountedApart() {
        fault(LineFault.failing(TEN, 500, "server_error"));
        JobReport report = bench.run(100);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(report.sending().resentUnknown()).isEqualTo(10);
        assertThat(report.sending().resent()).isZero();
        assertThat(report.sending().attempts()).isEqualTo(110);
    }

    @Test
    void aServerErrorInALineIsItsOutcomeIfNothingUnknownIsToBeSentAgain() {
        bench.resubmitUnknown(ResubmitUnknown.NONE);
        fault(LineFault.failing(TEN, 500, "server_error"));
        JobReport report = bench.run(100);
        assertThat(report.count(Outcome.FAILED)).isEqualTo(10);
        assertThat(report.payment().unknown()).isEqualTo(10);
        assertThat(report.results().firstErrors()).contains("500 server_error");
    }

    @Test
    void aRefusedLineIsFailedAndUnpaidAndNotSentAgain() {
        fault(LineFault.failing(TEN, 400, "invalid_value"));
        JobReport report = bench.run(100);
        assertThat(report.count(Outcome.FAILED)).isEqualTo(10);
        assertThat(report.payment().unpaid()).isEqualTo(10);
        assertThat(report.payment().paid()).isEqualTo(90);
        assertThat(report.sending().batches()).isEqualTo(1);
    }

    @Test
    void aLineOfStatusZeroWithoutAnErrorIsFailedAndSentAgain() {
        fault(LineFault.failing(TEN, 0, null));
        JobReport report = bench.run(100);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(report.sending().resentUnknown()).isEqualTo(10);
    }

    @Test
    void aLineWithNeitherResponseNorErrorIsFailed() {
        bench.resubmitUnknown(ResubmitUnknown.NONE);
        fault(LineFault.of(Kind.VOID, TEN));
        assertThat(bench.run(100).count(Outcome.FAILED)).isEqualTo(10);
    }

    @Test
    void countsThatClaimMoreAnswersThanTheFilesHaveForbidSendingAgain() {
        bench.emulator.faults()
                .add(new BatchFault().lines(LineFault.failing(TEN, 0, null)).counts(Counts.ALL_COMPLETED));
        JobReport report = bench.run(100);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(90);
        assertThat(report.count(Outcome.FAILED)).isEqualTo(10);
        assertThat(report.sending().batches()).isEqualTo(1);
    }

    @Test
    void countsOfNothingDoNotHideTheAnswers() {
        bench.emulator.faults().add(new BatchFault().counts(Counts.ZERO));
        assertThat(bench.run(100).count(Outcome.SUCCEEDED)).isEqualTo(100);
    }

    @Test
    void aLineThatNoFileHasIsMissingAndMayHaveBeenPaid() {
        fault(LineFault.of(Kind.MISSING, TEN));
        JobReport report = bench.await(bench.submit(100));
        assertThat(bench.emulator.requests().count(Operation.DOWNLOAD_FILE)).as("read once more").isEqualTo(2);
        assertThat(report.count(Outcome.MISSING)).isEqualTo(10);
        assertThat(report.payment().unknown()).isEqualTo(10);
        assertThat(bench.ledger().paidMoreThanOnce()).isZero();
        bench.assertEachLineOnce(100);
    }

    @Test
    void aLineThatNoFileHasIsSentAgainIfThatIsWanted() {
        bench.resubmitUnknown(ResubmitUnknown.ALL);
        bench.emulator.faults().add(new BatchFault().lines(LineFault.of(Kind.MISSING, TEN)).counts(Counts.NULL));
        JobReport report = bench.run(100);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(report.sending().resentUnknown()).isEqualTo(10);
    }

    @Test
    void aMalformedLineCostsThatLineAlone() {
        fault(LineFault.of(Kind.MALFORMED, TEN));
        JobReport report = bench.run(100);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(90);
        assertThat(report.count(Outcome.MALFORMED) + report.count(Outcome.MISSING)).isEqualTo(10);
        assertThat(bench.ledger().paidMoreThanOnce()).isZero();
    }

    @Test
    void ofADoubledLineTheFirstAnswerCounts() {
        fault(LineFault.of(Kind.DOUBLED, TEN));
        JobReport report = bench.run(100);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(report.results().ignored()).isEqualTo(10);
    }

    @Test
    void anAnswerBeatsAnErrorOfTheSameLine() {
        fault(LineFault.of(Kind.CONTRADICTED, TEN));
        JobReport report = bench.run(100);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(report.sending().resentUnknown()).isZero();
    }

    @Test
    void linesThatNobodyAskedForAreCountedAndLetGo() {
        fault(LineFault.of(Kind.FOREIGN, TEN));
        JobReport report = bench.run(100);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(report.results().ignored()).isEqualTo(10);
    }

    /** Such a line may be the answer to a request whose id a gateway has changed. */
    @Test
    void nothingOfABatchWithLinesThatNobodyAskedForIsDeletedAtTheProviderAndTheReportSaysWhy() {
        bench.providerFiles(ProviderFiles.DELETE);
        fault(LineFault.of(Kind.FOREIGN, TEN));
        JobReport report = bench.run(100);
        assertThat(bench.emulator.files()).as("input and output").hasSize(2);
        assertThat(report.results().unattributed()).contains("custom_id", "response");
    }

    @Test
    void answersInAnyOrderFindTheirLines() {
        bench.emulator.faults().add(new BatchFault().shuffled());
        bench.run(100);
        assertThat(bench.inOrder()).allSatisfy(result -> assertThat(result.text())
                .contains("Number " + result.customId().substring("line-".length())));
    }

    @Test
    void aBatchWhoseLinesAllFailedHasNoOutputFileAndEnds() {
        fault(LineFault.failing(1, 400, "invalid_value"));
        JobReport report = bench.run(100);
        assertThat(report.count(Outcome.FAILED)).isEqualTo(100);
        assertThat(report.payment().unpaid()).isEqualTo(100);
    }

    @Test
    void fileIdsThatComeAfterTheEndAreWaitedFor() {
        bench.emulator.faults().add(new BatchFault().fileIdsLag(Duration.ofMinutes(5)));
        assertThat(bench.run(100).count(Outcome.SUCCEEDED)).isEqualTo(100);
    }

    @Test
    void anEmptyErrorFileIdIsNotAskedFor() {
        bench.emulator.faults().add(new BatchFault().blankFileIds());
        assertThat(bench.run(100).count(Outcome.SUCCEEDED)).isEqualTo(100);
        assertThat(bench.emulator.requests().list()).noneMatch(request -> request.path().contains("/files//"));
    }

    @Test
    void aFileThatIsAlwaysShorterThanTheProviderSaysCountsOnceItHadTimeToBecomeWhole() {
        bench.emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).shorten(0.5).always());
        JobReport report = bench.run(100);
        assertThat(report.count(Outcome.SUCCEEDED)).isBetween(40L, 60L);
        assertThat(report.count(Outcome.SUCCEEDED) + report.payment().unknown()).isEqualTo(100);
        assertThat(report.duration(report.times().endedAt())).isGreaterThan(Duration.ofMinutes(10));
    }

    @Test
    void aFileThatIsShorterThanTheProviderSaysForAWhileIsReadAgain() {
        bench.emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).shorten(0.5).times(5));
        assertThat(bench.run(100).count(Outcome.SUCCEEDED)).isEqualTo(100);
    }

    @Test
    void answersAreReadAlthoughTheSizeOfTheirFileIsNotToBeHad() {
        bench.emulator.faults().add(RequestFault.on(Operation.RETRIEVE_FILE).status(500).always());
        assertThat(bench.run(100).count(Outcome.SUCCEEDED)).isEqualTo(100);
    }

    @Test
    void aFileThatIsNotFoundForAMomentLongAfterItsBatchEndedIsReadAgain() {
        bench.settle(Duration.ofMinutes(1));
        bench.emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).status(503).times(8));
        bench.emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).notFound().times(2));
        assertThat(bench.run(100).count(Outcome.SUCCEEDED)).isEqualTo(100);
    }

    @Test
    void ofAFileThatIsGoneTheLinesAreMissing() {
        bench.emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).notFound().always());
        JobReport report = bench.run(100);
        assertThat(report.count(Outcome.MISSING)).isEqualTo(100);
        assertThat(report.payment().unknown()).isEqualTo(100);
        assertThat(report.duration(report.times().endedAt())).isGreaterThan(Duration.ofMinutes(10));
    }

    @Test
    void resultsThatAreNotFoundForAMomentAreReadAgain() {
        bench.run(100);
        bench.emulator.faults().add(RequestFault.on(Operation.DOWNLOAD_FILE).notFound().times(2));
        assertThat(bench.inOrder()).hasSize(100);
    }
}
