package io.quarkiverse.openai.batch.emulator.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import io.quarkiverse.openai.batch.emulator.api.ApiException;
import io.quarkiverse.openai.batch.emulator.control.Operation;

/**
 * Where a request goes.
 *
 * @param id of the file or batch, or null for an operation without one
 */
record Route(Operation operation, String id) {

    static final String BASE_PATH = "/v1";
    private static final String ID = "{id}";

    /** @throws ApiException 404 if there is nothing at the path, 405 if there is, but not for the method */
    static Route of(String method, String path) {
        boolean otherMethod = false;
        for (Operation operation : Operation.values()) {
            String[] expected = (BASE_PATH + operation.path()).split("/");
            String[] actual = path.split("/", -1);
            if (matches(expected, actual)) {
                if (operation.method().equals(method)) {
                    return new Route(operation, id(expected, actual));
                }
                otherMethod = true;
            }
        }
        if (otherMethod) {
            throw new ApiException(405, "invalid_request_error", "Not allowed to " + method + " here.", null,
                    "method_not_supported");
        }
        throw ApiException.notFound("Invalid URL: there is nothing to " + method + " here.", null);
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

    private static String decode(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("The path is not percent-encoded.", null, null);
        }
    }
}
