package io.quarkiverse.openai.batch.emulator;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The command line of {@link Main}.
 *
 * @param options null if help was asked for
 */
record Arguments(boolean help, EmulatorOptions options) {

    static final String USAGE = """
            Usage: java -jar quarkus-openai-batch-emulator-runner.jar [OPTION...]

            A Batch API server for development and tests. It prints its base URL and the token of its
            control interface, and runs until it is stopped.

              --port PORT           port to listen on (default: a free one)
              --host HOST           address to listen on (default: 127.0.0.1); any other than loopback
                                    needs --key, and has no control interface
              --key KEY             the only API key that is accepted (default: any that is not empty);
                                    or the environment variable EMULATOR_KEY
              --speed SPEED         how fast batches move (default: 100); 1 is 5 s of validating, 100
                                    lines a second, 5 s of finalizing, 5 s of cancelling
              --dir DIRECTORY       where files are kept (default: a temporary directory, deleted at the end)
              --upstream URL        OpenAI-compatible server that answers the lines, such as
                                    http://127.0.0.1:11434/v1 (default: the emulator answers); its key
                                    is the environment variable EMULATOR_UPSTREAM_KEY
              --clock system|frozen whether time passes (default: system), or only through the control
                                    interface
              --webhook URL         where signed webhooks are sent when batches have ended (default: nowhere)
              --webhook-secret SECRET
                                    what signs them: whsec_ and 24 to 64 bytes in Base64; or the environment
                                    variable EMULATOR_WEBHOOK_SECRET (default: a random one, printed at the
                                    start)
              --seed NUMBER         seed of random misbehaviour (default: 0)
              --verbose             print each request in one line, without its body
              --help                print this
            """;

    private static final String KEY_VARIABLE = "EMULATOR_KEY";
    private static final String UPSTREAM_KEY_VARIABLE = "EMULATOR_UPSTREAM_KEY";
    private static final String WEBHOOK_SECRET_VARIABLE = "EMULATOR_WEBHOOK_SECRET";

    /** @throws IllegalArgumentException if an argument is unknown, lacks its value, or has a wrong one */
    static Arguments parse(String[] arguments, Map<String, String> environment) {
        EmulatorOptions.Builder builder = EmulatorOptions.builder()
                .apiKey(environment.get(KEY_VARIABLE))
                .upstreamKey(environment.get(UPSTREAM_KEY_VARIABLE))
                .webhookSecret(environment.get(WEBHOOK_SECRET_VARIABLE));
        Iterator<String> iterator = List.of(arguments).iterator();
        while (iterator.hasNext()) {
            String name = iterator.next();
            if (name.equals("--help") || name.equals("-h")) {
                return new Arguments(true, null);
            }
            if (name.equals("--verbose")) {
                builder.requestListener(System.out::println);
            } else {
                apply(builder, name, iterator);
            }
        }
        return new Arguments(false, builder.build());
    }

    private static void apply(EmulatorOptions.Builder builder, String argument, Iterator<String> rest) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        Function<String, ?> setter = setter(builder, name);
        if (equals < 0 && !rest.hasNext()) {
            throw new IllegalArgumentException(name + " needs a value");
        }
        setter.apply(equals < 0 ? rest.next() : argument.substring(equals + 1));
    }

    private static Function<String, ?> setter(EmulatorOptions.Builder builder, String name) {
        return switch (name) {
            case "--port" -> value -> builder.port(parse(name, value, "a whole number", Integer::parseInt));
            case "--host" -> builder::host;
            case "--key" -> builder::apiKey;
            case "--speed" -> value -> builder.speed(parse(name, value, "a number", Double::parseDouble));
            case "--dir" -> value -> builder.directory(parse(name, value, "a path", Path::of));
            case "--upstream" -> value -> builder.upstream(parse(name, value, "a URL", URI::create));
            case "--webhook" -> value -> builder.webhook(webhook(value));
            case "--webhook-secret" -> builder::webhookSecret;
            case "--clock" -> value -> builder.clock(clock(value));
            case "--seed" -> value -> builder.seed(parse(name, value, "a whole number", Long::parseLong));
            default -> throw new IllegalArgumentException("Unknown argument: " + name);
        };
    }

    private static <T> T parse(String name, String value, String kind, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " must be " + kind + ", not " + value, e);
        }
    }

    private static URI webhook(String value) {
        try {
            return URI.create(value);
        } catch (IllegalArgumentException e) {
            // The value may hold a password.
            throw new IllegalArgumentException("--webhook must be a URL, with special characters percent-encoded");
        }
    }

    private static InstantSource clock(String value) {
        return switch (value) {
            case "system" -> InstantSource.system();
            case "frozen" -> InstantSource.fixed(Instant.now());
            default -> throw new IllegalArgumentException("--clock must be system or frozen, not " + value);
        };
    }
}
