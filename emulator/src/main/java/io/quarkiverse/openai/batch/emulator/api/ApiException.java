package io.quarkiverse.openai.batch.emulator.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request is answered with an error, in OpenAI's shape (OpenAPI document, ErrorResponse). */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String INVALID_REQUEST = "invalid_request_error";

    private final int status;
    private final String type;
    private final String param;
    private final String code;

    /**
     * @param status HTTP status
     * @param param the parameter at fault, or null
     * @param code machine-readable code, or null
     */
    public ApiException(int status, String type, String message, String param, String code) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = code;
    }

    public static ApiException badRequest(String message, String param, String code) {
        return new ApiException(400, INVALID_REQUEST, message, param, code);
    }

    public static ApiException missing(String param) {
        return badRequest("Missing required parameter: '" + param + "'.", param, "missing_required_parameter");
    }

    public static ApiException unauthorized(String message) {
        return new ApiException(401, INVALID_REQUEST, message, null, "invalid_api_key");
    }

    public static ApiException forbidden(String message) {
        return new ApiException(403, INVALID_REQUEST, message, null, null);
    }

    public static ApiException notFound(String message, String param) {
        return new ApiException(404, INVALID_REQUEST, message, param, null);
    }

    public static ApiException noSuchFile(String id) {
        return notFound("No such File object: " + id, "id");
    }

    public static ApiException noSuchBatch(String id) {
        return notFound("No batch found with id '" + id + "'.", null);
    }

    public static ApiException noSuchModel(String id) {
        return new ApiException(404, INVALID_REQUEST, "The model '" + id + "' does not exist", "model", "model_not_found");
    }

    public static ApiException tooLarge(String message) {
        return new ApiException(413, INVALID_REQUEST, message, null, null);
    }

    public int status() {
        return status;
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("error").put("message", getMessage()).put("type", type).put("param", param).put("code", code);
        return json;
    }
}
