package io.quarkiverse.openai.batch.runtime.dev;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.JsonlReader;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.Problem;
import io.quarkiverse.openai.batch.jsonl.RequestLines;
import io.quarkiverse.openai.batch.jsonl.RequestValidator;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.jsonl.ValidationReport;

/** A file that was dropped on the page: requests, texts as JSON lines, or a CSV file of texts. */
final class DroppedFile {

    private static final int MOST_PROBLEMS = 20;
    private static final int NAME = 100;

    private final Path path;
    private final String name;

    /**
     * @param name what the user calls it
     */
    DroppedFile(Path path, String name) {
        this.path = path;
        this.name = SafeText.of(name, NAME);
    }

    void append(byte[] slice) throws IOException {
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.APPEND)) {
            out.write(slice);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    String name() {
        return name;
    }

    private boolean isCsv() {
        return name.toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    private boolean isOfTexts() throws IOException {
        if (isCsv()) {
            return true;
        }
        try (TextLines lines = TextLines.ofJson(path)) {
            return lines.hasNext() && lines.next().isText();
        } catch (TextLines.LineException notJson) {
            return false;
        }
    }

    /**
     * Reads all of it and sends nothing.
     *
     * @param model for texts; may be blank for a check
     */
    FileCheck check(LineLimits limits, String model) throws IOException {
        if (Files.size(path) == 0) {
            return FileCheck.problem("The file has no lines");
        }
        return isOfTexts() ? checkTexts(limits, model) : checkRequests(limits);
    }

    private FileCheck checkRequests(LineLimits limits) {
        ValidationReport report = RequestValidator.withLimits(limits).maxProblems(MOST_PROBLEMS).validate(path);
        List<String> problems = report.problems().stream().filter(problem -> !problem.rule().isWarning())
                .map(problem -> new Problem(null, problem.line(), problem.rule(), problem.message()).toString()).toList();
        if (report.lines() == 0) {
            return FileCheck.problem("The file has no lines");
        }
        return new FileCheck(false, report.lines(), problems, report.errors() - problems.size());
    }

    private FileCheck checkTexts(LineLimits limits, String model) throws IOException {
        List<String> problems = new ArrayList<>();
        long lines = 0;
        long errors = 0;
        try (TextLines texts = TextLines.of(path, isCsv()); RequestLines requests = new RequestLines(limits, null)) {
            while (texts.hasNext()) {
                TextLines.Line line = texts.next();
                lines++;
                String problem = problem(line, requests, model);
                if (problem != null && errors++ < MOST_PROBLEMS) {
                    problems.add("line " + line.number() + ": " + problem);
                }
            }
        } catch (TextLines.LineException e) {
            problems.add(e.getMessage());
            errors++;
        }
        if (lines == 0 && errors == 0) {
            return FileCheck.problem("The file has no lines");
        }
        return new FileCheck(true, lines, problems, errors - problems.size());
    }

    /** Null if there is none. */
    private static String problem(TextLines.Line line, RequestLines requests, String model) {
        if (!line.isText()) {
            return "no id or no text; a line of texts has both";
        }
        requests.encode(request(line, model.isBlank() ? "model" : model));
        Problem problem = requests.check(null);
        return problem == null ? null : problem.message() + "; " + problem.rule().fix();
    }

    /** The requests; the stream must be closed. */
    Stream<BatchRequest> requests(String model) {
        try {
            if (!isOfTexts()) {
                return JsonlReader.requests(path).stream();
            }
            TextLines lines = TextLines.of(path, isCsv());
            return lines.stream().map(line -> request(line, model)).onClose(lines::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BatchRequest request(TextLines.Line line, String model) {
        return BatchRequest.chat(line.id(), model, line.text());
    }
}
