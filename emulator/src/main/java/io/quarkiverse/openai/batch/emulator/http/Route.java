package io.quarkiverse.openai.batch.emulator.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.quarkiverse.openai.batch.emulator.api.ApiException;
import io.quarkiverse.openai.batch.emulator.control.Operation;

/**
 * Where a request goes.
 *
 * @param id of the file, batch or model, or null for an operation without one
 */
record Route(Operation operation, String id) {

    static final String BASE_PATH = "/v1";
    private static final String ID = "{id}";
    private static final Map<Operation, String[]> SEGMENTS = Arrays.stream(Operation.values())
            .collect(Collectors.toMap(operation -> operation, operation -> (BASE_PATH + operation.path()).split("/")));

    /** Empty if there is nothing at the path for the method. */
    static Optional<Route> find(String method, String path) {
        String[] actual = path.split("/", -1);
        return Arrays.stream(Operation.values())
                .filter(operation -> operation.method().equals(method) && matches(SEGMENTS.get(operation), actual))
                .findFirst()
                .map(operation -> new Route(operation, id(SEGMENTS.get(operation), actual)));
    }

    /** Why there is no route: 405 if the path is there for another method, else 404. */
    static ApiException refusal(String method, String path) {
        String[] actual = path.split("/", -1);
        if (Arrays.stream(Operation.values()).anyMatch(operation -> matches(SEGMENTS.get(operation), actual))) {
            return new ApiException(405, "invalid_request_error", "Not allowed to " + method + " here.", null,
                    "method_not_supported");
        }
        return ApiException.notFound("Invalid URL: there is nothing to " + method + " here.", null);
    }

    private static boolean matches(String[] expected, String[] actual) {
        if (expected.length != actual.length) {
            return false;
        }
        for (int index = 0; index < expected.length; index++) {
            boolean same = expected[index].equals(ID) ? !actual[index].isEmpty() : expected[index].equals(actual[index]);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static String id(String[] expected, String[] actual) {
        for (int index = 0; index < expected.length; index++) {
            if (expected[index].equals(ID)) {
                return decode(actual[index]);
            }
        }
        return null;
    }

    static String decode(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Not percent-encoded, so not the id of anything.
            return segment;
        }
    }
}
