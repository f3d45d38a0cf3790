package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

@QuarkusMainTest
class WrongArgumentsAreExplainedTest {

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("Missing required subcommand"),
                wrong("Unmatched argument at index 0: 'walk'", "walk"),
                wrong("Missing required parameter: 'INPUT'", "run", "-o", "out.jsonl"),
                wrong("Invalid value for option '--job': a job's name has 1 to 100 characters", "run", "in.jsonl", "-o",
                        "out.jsonl", "--job", ".x"),
                wrong("Missing required parameter: 'NAME'", "show"),
                wrong("Missing required option: '--output=FILE'", "results", "x"),
                wrong("There is no job x in nowhere; there is none at all", "cancel", "x", "--directory", "nowhere"),
                wrong("Missing required option: '--output=FILE'", "run", "in.jsonl"),
                wrong("Unknown option: '--outptu'", "run", "in.jsonl", "--output", "out.jsonl", "--outptu"),
                wrong("Missing required argument(s): --emulator", "run", "in.jsonl", "-o", "out.jsonl", "--speed", "2"),
                wrong("Invalid value for option '--speed': not a positive number: 0", "run", "in.jsonl", "-o", "out.jsonl",
                        "--emulator", "--speed", "0"),
                wrong("a prompt needs {text} where the text of a line goes", "run", "in.jsonl", "-o", "out.jsonl", "--prompt",
                        "Translate"),
                wrong("Missing required parameter: 'INPUT'", "check"),
                wrong("There is no file nowhere.jsonl", "check", "nowhere.jsonl"),
                wrong("Invalid value for option '--price' (MODEL=INPUT/OUTPUT): not MODEL=INPUT/OUTPUT, such as "
                        + "gpt-6-luna=0.05/0.25: gpt-6-luna=1", "check", "in.jsonl", "--price", "gpt-6-luna=1"),
                wrong("not MODEL=INPUT/OUTPUT, such as gpt-6-luna=0.05/0.25: m=-1/2", "check", "in.jsonl", "--price", "m=-1/2"),
                wrong("Invalid value for option '--max-tokens': not a positive number: 0", run("--max-tokens", "0")),
                wrong("Invalid value for option '--max-tokens': not a positive number: 1k", run("--max-tokens", "1k")),
                wrong("Invalid value for option '--max-cost': not a sum of more than 0: 0.00", run("--max-cost", "0.00")),
                wrong("Invalid value for option '--max-cost': not a sum of more than 0: 5$", run("--max-cost", "5$")),
                wrong("Invalid value for option '--canary': not a positive number: -1", run("--canary", "-1")),
                wrong("Invalid value for option '--deadline': not a time such as 6h or PT1H30M: 24", run("--deadline", "24")),
                wrong("Invalid value for option '--deadline': not a time such as 6h or PT1H30M: -6h", run("--deadline", "-6h")),
                wrong("Invalid value for option '--deadline': not a time such as 6h or PT1H30M: PT9999999999999H",
                        run("--deadline", "PT9999999999999H")),
                wrong("should be in KEY=VALUE format but was team", run("--tag", "team")),
                wrong("There is no file nowhere.jsonl", "run", "nowhere.jsonl", "-o", "out.jsonl"));
    }

    private static String[] run(String... options) {
        return Stream.concat(Stream.of("run", "in.jsonl", "-o", "out.jsonl"), Stream.of(options)).toArray(String[]::new);
    }

    private static Arguments wrong(String message, String... arguments) {
        return Arguments.of(message, arguments);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void inOneLineAndWithExitCode2(String message, String[] arguments, QuarkusMainLauncher launcher) {
        LaunchResult result = launcher.launch(arguments);
        assertThat(result.getErrorOutput()).contains(message).doesNotContain("\tat ");
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @Test
    void helpIsNoError(QuarkusMainLauncher launcher) {
        LaunchResult result = launcher.launch("run", "--help");
        assertThat(result.getOutput()).contains("Usage: openai-batch run", "--endpoint");
        assertThat(result.exitCode()).isZero();
    }
}
