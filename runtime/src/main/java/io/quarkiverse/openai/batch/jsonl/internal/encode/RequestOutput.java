package io.quarkiverse.openai.batch.jsonl.internal.encode;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Locale;

import io.quarkiverse.openai.batch.jsonl.JsonlException;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.Problem;
import io.quarkiverse.openai.batch.jsonl.RequestFile;
import io.quarkiverse.openai.batch.jsonl.Rule;

/** One file of requests in the making: takes lines as long as they fit. */
public final class RequestOutput {

    private final LineOutput output;
    private final LineLimits limits;
    private final String name;
    private final RequestRules rules;
    private final FileTally tally = new FileTally();

    public RequestOutput(WritableByteChannel channel, LineLimits limits, Path path) {
        this.output = new LineOutput(channel);
        this.limits = limits;
        this.name = path == null ? null : path.getFileName().toString();
        // where lines have no route, the caller has a provider that takes none
        this.rules = new RequestRules(limits, null, true);
    }

    /**
     * Writes a line if it fits; else gives the rule that it would break.
     *
     * @throws JsonlException if it breaks a rule that another file would not mend
     */
    Rule offer(RequestEncoder line, long tokens) throws IOException {
        RequestFields fields = line.fields();
        long inputs = fields.embeddingInputs();
        Rule broken = tally.brokenBy(limits, line.length(), inputs, tokens, fields.model());
        if (broken == null) {
            rules.check(fields, line.length() - 1, (rule, message) -> {
                throw new JsonlException(problem(rule, message).toString());
            });
            tally.add(line.length(), inputs, tokens, fields.model());
            output.write(line.buffer(), line.length());
        }
        return broken;
    }

    /** The problem that a line is which does not fit. */
    Problem problem(Rule broken) {
        return isEmpty() ? problem(Rule.LINE_LENGTH, "the request alone is beyond the file's limit of " + name(broken))
                : problem(broken, "the request is beyond the file's limit of " + name(broken));
    }

    private static String name(Rule limit) {
        return limit.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private Problem problem(Rule rule, String message) {
        return new Problem(name, tally.lines() + 1, rule, message);
    }

    boolean isEmpty() {
        return tally.lines() == 0;
    }

    RequestFile finish(Path path) throws IOException {
        output.flush();
        String model = tally.tokensOfModels().keySet().stream().findFirst().orElse(null);
        return new RequestFile(path, tally.lines(), tally.bytes(), tally.embeddingInputs(), tally.tokens(), model,
                output.sha256());
    }
}
