package io.quarkiverse.openai.batch.jsonl.internal.encode;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.Problem;
import io.quarkiverse.openai.batch.jsonl.Rule;
import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.jsonl.ValidationReport;
import io.quarkiverse.openai.batch.jsonl.internal.json.RunParser;
import io.quarkiverse.openai.batch.jsonl.internal.json.SurrogateEscapes;
import io.quarkiverse.openai.batch.jsonl.internal.json.Utf8;
import io.quarkiverse.openai.batch.jsonl.internal.read.LineReader;

/** The check of one file. */
public final class RequestCheck {

    private final String file;
    private final LineLimits limits;
    private final RequestRules rules;
    private final TokenEstimator estimator;
    private final int maxProblems;

    private final RunParser parser = new RunParser();
    private final FileTally tally = new FileTally();
    private final List<Problem> problems = new ArrayList<>();
    private long errors;
    private long warnings;
    private boolean carriageReturn;

    /**
     * @param file its name; null if it is a stream
     * @param estimator null if there is nothing to be estimated
     */
    public RequestCheck(String file, LineLimits limits, RequestRules rules, TokenEstimator estimator, int maxProblems) {
        this.file = file;
        this.limits = limits;
        this.rules = rules;
        this.estimator = estimator;
        this.maxProblems = maxProblems;
    }

    public ValidationReport check(InputStream in) throws IOException {
        // not closed: the stream is the caller's
        LineReader line = new LineReader(in, file, LineReader.defaultMaxLineBytes());
        while (line.next()) {
            check(line);
        }
        parser.close();
        checkFile(line);
        return new ValidationReport(List.copyOf(problems), errors, warnings, tally.lines(), line.bytesRead(),
                tally.embeddingInputs(), tally.tokens(), Collections.unmodifiableMap(tally.tokensOfModels()));
    }

    private void check(LineReader line) {
        Findings findings = (rule, message) -> found(line.number(), rule, message);
        if (!carriageReturn && line.to() > line.from() && line.buffer()[line.to() - 1] == '\r') {
            carriageReturn = true;
            findings.found(Rule.CARRIAGE_RETURN, "the line ends with \\r\\n, and others may");
        }
        if (line.isBlank()) {
            findings.found(Rule.BLANK_LINE, "the line is blank");
        } else if (line.tooLong() != null) {
            findings.found(Rule.LINE_LENGTH, "the line is " + line.tooLong());
            tally.add(line.length(), 0, 0, null);
        } else {
            checkRequest(line, findings);
        }
    }

    private void checkRequest(LineReader line, Findings findings) {
        int invalid = Utf8.indexOfInvalid(line.buffer(), line.from(), line.to());
        RequestFields fields = new RequestFields();
        if (invalid >= 0) {
            findings.found(Rule.NOT_UTF8, "not UTF-8 at byte " + (invalid - line.from() + 1));
            tally.add(line.length(), 0, 0, null);
        } else if (parser.read(line, fields)) {
            checkFields(fields.withTexts(line.buffer(), line.from(), line.to()), line.buffer(), line.length(), findings);
        } else {
            checkAlone(line, findings);
        }
    }

    private void checkAlone(LineReader line, Findings findings) {
        byte[] bytes = SurrogateEscapes.resolve(line.copy());
        RequestFields fields = new RequestFields();
        String malformed = RunParser.readAlone(bytes, fields);
        if (malformed == null) {
            checkFields(fields.withTexts(bytes, 0, bytes.length), bytes, line.length(), findings);
        } else {
            findings.found(Rule.NOT_JSON, malformed);
            rules.checkLength(line.length(), findings);
            tally.add(line.length(), 0, 0, null);
        }
    }

    private void checkFields(RequestFields fields, byte[] bytes, long length, Findings findings) {
        rules.check(fields, length, findings);
        long tokens = estimator == null ? 0
                : new PromptTokens(estimator, fields.model())
                        .count(bytes, fields.bodyFrom(), fields.bodyTo());
        tally.add(length, fields.embeddingInputs(), tokens, fields.model());
    }

    private void checkFile(LineReader line) {
        Findings findings = (rule, message) -> found(0, rule, message);
        if (line.hasByteOrderMark()) {
            findings.found(Rule.BYTE_ORDER_MARK, "the file begins with a byte order mark");
        }
        if (tally.lines() == 0) {
            findings.found(Rule.EMPTY_FILE, "there is no request in the file");
        }
        tally.check(limits, line.bytesRead(), findings);
    }

    private void found(long number, Rule rule, String message) {
        errors += rule.isWarning() ? 0 : 1;
        warnings += rule.isWarning() ? 1 : 0;
        if (problems.size() < maxProblems) {
            problems.add(new Problem(file, number, rule, message));
        }
    }
}
