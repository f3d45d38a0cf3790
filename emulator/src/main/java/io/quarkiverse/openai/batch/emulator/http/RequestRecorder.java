package io.quarkiverse.openai.batch.emulator.http;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.quarkiverse.openai.batch.emulator.control.Operation;
import io.quarkiverse.openai.batch.emulator.control.RecordedRequest;
import io.vertx.core.http.HttpServerRequest;

/** Makes records of requests that hold no secret: values whose name or look speaks of one are masked. */
final class RequestRecorder {

    private static final String MASK = "***";
    private static final Pattern SECRET_NAME = Pattern
            .compile("auth|key|token|secret|cookie|password|credential|signature", Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET_VALUE = Pattern.compile("^(bearer|basic)\\b|^sk-", Pattern.CASE_INSENSITIVE);
    private static final Pattern PARAMETER = Pattern.compile("([^&=]+)=([^&]*)");
    private static final String IDEMPOTENCY_KEY = "idempotency-key";
    private static final int MAX_VALUE = 200;

    private final InstantSource clock;

    RequestRecorder(InstantSource clock) {
        this.clock = clock;
    }

    RecordedRequest record(HttpServerRequest request, Operation operation) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), shown(name, value)));
        return new RecordedRequest(clock.instant(), request.method().name(), cap(request.path()), query(request.query()),
                operation, headers, null);
    }

    private static String query(String query) {
        return query == null ? null
                : PARAMETER.matcher(cap(query)).replaceAll(parameter -> Matcher.quoteReplacement(
                        parameter.group(1) + "=" + shown(parameter.group(1), parameter.group(2))));
    }

    private static String shown(String name, String value) {
        boolean secret = SECRET_NAME.matcher(name).find() && !name.equalsIgnoreCase(IDEMPOTENCY_KEY)
                || SECRET_VALUE.matcher(value).find();
        return secret ? MASK : cap(value);
    }

    private static String cap(String text) {
        return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "…";
    }
}
