package io.quarkiverse.openai.batch.endurance.process;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DSYNC;

import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkus.runtime.RuntimeValue;

/** What an application brings to the job of a process: its source and its handler, which misbehave as they are asked to. */
final class ApplicationCode {

    private final ProcessOptions options;
    private final boolean takesLists;
    private final Points points;
    private final Hands hands;
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean sourceMisbehaved = new AtomicBoolean();
    private final AtomicBoolean closeOutlived = new AtomicBoolean();

    /** @param takesLists whether the handler takes results in lists */
    ApplicationCode(ProcessOptions options, boolean takesLists, Points points, Hands hands) {
        this.options = options;
        this.takesLists = takesLists;
        this.points = points;
        this.hands = hands;
    }

    JobMethods methods() {
        return new JobMethods(List.of(), handlers(), List.of(), List.of());
    }

    private List<HandlerMethod> handlers() {
        return !options.handled() ? List.of()
                : List.of(new HandlerMethod(JobProcess.JOB, "handler", HandlerMethod.Outcomes.ALL, null, takesLists, false,
                        false, false, new RuntimeValue<>((bean, arguments) -> {
                            handle(takesLists ? (List<?>) arguments[0] : List.of(arguments[0]));
                            return null;
                        })));
    }

    /** The n-th list of a hundred misbehaves once. */
    private void handle(List<?> results) throws Exception {
        String first = ((BatchResult) results.get(0)).customId();
        if (first.endsWith("00") && failed.add(first)) {
            options.user().handler().happen();
        }
        if (options.user().outlivesClose() && closeOutlived.compareAndSet(false, true)) {
            hands.outliveClose();
        }
        for (Object result : results) {
            points.handle(() -> Files.writeString(options.directory().resolve(JobProcess.HANDLED), line((BatchResult) result),
                    CREATE, APPEND, DSYNC));
        }
    }

    /** An id, a space and the outcome. */
    static String line(BatchResult result) {
        return result.customId() + " " + result.outcome() + "\n";
    }

    JobSpec spec(SharedClock time) {
        return options.operator().of(JobSpec.named(JobProcess.JOB).requests(this::source), time);
    }

    private Stream<BatchRequest> source() {
        return (options.invalidAttempts() < 0 ? requests(options.lines()) : structuredRequests(options.lines()))
                .peek(request -> {
                    if (request.customId().equals("line-" + options.user().sourceLine())
                            && sourceMisbehaved.compareAndSet(false, true)) {
                        options.user().source().happen();
                    }
                });
    }

    private static Stream<BatchRequest> requests(int lines) {
        return IntStream.range(0, lines).mapToObj(n -> BatchRequest.chat("line-" + n, "gpt-6-luna", "Number " + n));
    }

    private static Stream<BatchRequest> structuredRequests(int lines) {
        return IntStream.range(0, lines).mapToObj(n -> BatchRequest.of("line-" + n,
                ChatBody.of("gpt-6-luna").user("Number " + n).answer(Parity.class)));
    }

    /** What is asked for where answers may be invalid. */
    enum Parity {
        EVEN,
        ODD
    }
}
