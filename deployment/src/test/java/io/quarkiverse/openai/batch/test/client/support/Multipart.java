package io.quarkiverse.openai.batch.test.client.support;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;

/** The parts of a multipart request. */
public final class Multipart {

    private static final Pattern NAME = Pattern.compile("name=\"([^\"]*)\"");

    private Multipart() {
    }

    /**
     * @param head the headers as they were sent
     */
    public record Part(String head, String body) {
    }

    public static Map<String, Part> of(LoggedRequest request) {
        String boundary = request.getHeader("Content-Type").replaceFirst(".*boundary=", "");
        Map<String, Part> parts = new LinkedHashMap<>();
        for (String part : request.getBodyAsString().split("--" + boundary + "(--)?\r\n")) {
            int end = part.indexOf("\r\n\r\n");
            if (end > 0) {
                String head = part.substring(0, end);
                Matcher name = NAME.matcher(head);
                name.find();
                parts.put(name.group(1), new Part(head, part.substring(end + 4, part.length() - 2)));
            }
        }
        return parts;
    }
}
