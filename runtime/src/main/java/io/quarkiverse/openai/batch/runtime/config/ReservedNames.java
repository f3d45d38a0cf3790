package io.quarkiverse.openai.batch.runtime.config;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first-level groups of the configuration, which are no names of clients. */
public final class ReservedNames {

    private static final String PREFIX = "quarkus.openai-batch.";

    private static final Set<String> GROUPS = Set.of("auth", "devservices", "headers", "health", "jobs", "limits", "metrics",
            "paths", "query", "retry", "submission", "webhook");

    private static final Set<String> KEYS_OF_CLIENTS = Set.of("base-url", "provider", "api-key", "credentials-provider",
            "organization", "project", "account-id");

    private static final Pattern OF_APPLICATION = Pattern
            .compile(
                    "quarkus\\.openai-batch\\.(\"[^\"]+\"|[^.*]+)\\.(jobs\\.(?:enabled|store|datasource|schema|namespace|threads|heartbeat|directory|move-directory|scratch|metric-tags)|webhook\\.path)");

    private ReservedNames() {
    }

    public static boolean contains(String name) {
        return GROUPS.contains(name);
    }

    /** What is wrong with the name of a property; empty if nothing is. */
    public static Optional<String> problem(String property) {
        return property.startsWith(PREFIX)
                ? usedAsClient(property).map(ReservedNames::message).or(() -> ofApplication(property))
                : Optional.empty();
    }

    /** The reserved name that a property uses as the name of a client. */
    private static Optional<String> usedAsClient(String property) {
        String rest = property.substring(PREFIX.length()).replace("\"", "");
        int dot = rest.indexOf('.');
        boolean client = dot > 0 && contains(rest.substring(0, dot)) && KEYS_OF_CLIENTS.contains(rest.substring(dot + 1));
        boolean header = client && (rest.startsWith("headers.") || rest.startsWith("query.")) && !property.contains("\"");
        return client && !header ? Optional.of(rest.substring(0, dot)) : Optional.empty();
    }

    /** A property of a named client whose key concerns the whole application. */
    private static Optional<String> ofApplication(String property) {
        Matcher matcher = OF_APPLICATION.matcher(property);
        return matcher.matches()
                ? Optional.of("%s has no effect: all clients share %s%s. Set that one, and remove this one"
                        .formatted(property, PREFIX, matcher.group(2)))
                : Optional.empty();
    }

    /** The message for a client with a reserved name. */
    public static String message(String name) {
        return "No client can be named \"%s\": %s%s.* is a group of settings. Choose another name".formatted(name, PREFIX,
                name);
    }
}
