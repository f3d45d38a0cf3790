package io.quarkiverse.openai.batch.runtime.job.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.log.TimeText;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;

/** Keeps lines from being sent to a model that ends before their batch would, and warns of one that ends soon. */
final class ModelEnds {

    private static final Logger LOG = Logger.getLogger(ModelEnds.class);

    private static final Duration KNOWN_FOR = Duration.ofDays(1);
    private static final Duration UNKNOWN_FOR = Duration.ofHours(1);
    private static final int WARNING_DAYS = 30;
    private static final Pattern WINDOW = Pattern.compile("([0-9]{1,4})([hd])");
    private static final Duration USUAL_WINDOW = Duration.ofHours(24);

    private final SteadyClock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    ModelEnds(SteadyClock clock) {
        this.clock = clock;
    }

    /**
     * @param end null if none is known
     */
    private record Known(LocalDate end, Instant until) {
    }

    /**
     * @throws PauseException if the model of a chunk ends before a batch that begins now may
     */
    void check(ChunkRow chunk, JobRow job, JobClient client) {
        String model = chunk.input().model();
        if (model == null || !client.settings().checkModels()) {
            return;
        }
        LocalDate end = known.compute(job.client() + " " + model, (key, before) -> before != null
                && clock.instant().isBefore(before.until()) ? before : ask(model, client)).end();
        Duration window = window(job.terms().window());
        if (end != null && end.atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(clock.wall().plus(window))) {
            throw new PauseException(
                    ("Model %s ends on %s, and a batch may take %s. Nothing more is sent to it. Cancel the job, and "
                            + "submit its lines with another model; or set jobs.check-models=false and resume the job to try it")
                            .formatted(SafeText.of(model, 64), end, TimeText.of(window)));
        }
    }

    private Known ask(String model, JobClient client) {
        Instant now = clock.instant();
        try {
            Optional<LocalDate> end = client.provider().end(model);
            end.filter(day -> day.isBefore(LocalDate.ofInstant(clock.wall(), ZoneOffset.UTC).plusDays(WARNING_DAYS)))
                    .ifPresent(day -> LOG.warnf("Model %s ends on %s, says the provider. Choose another one before that",
                            SafeText.of(model, 64), day));
            return new Known(end.orElse(null), now.plus(KNOWN_FOR));
        } catch (RuntimeException notTold) {
            LOG.debugf("It is not known whether model %s ends: %s", SafeText.of(model, 64), notTold.getMessage());
            return new Known(null, now.plus(UNKNOWN_FOR));
        }
    }

    /**
     * @param window as in requests; null for the client's
     */
    private static Duration window(String window) {
        Matcher matcher = window == null ? null : WINDOW.matcher(window);
        if (matcher == null || !matcher.matches()) {
            return USUAL_WINDOW;
        }
        long number = Long.parseLong(matcher.group(1));
        return matcher.group(2).equals("h") ? Duration.ofHours(number) : Duration.ofDays(number);
    }
}
