package io.quarkiverse.openai.batch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;

import io.quarkus.test.junit.main.LaunchResult;
import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;

/** CSV files in and out, system messages and schemas. */
@QuarkusMainTest
class TablesAreAnsweredTest {

    private static final String TABLE = "\uFEFFname,review,key\r\nAda,\"late, and \"\"broken\"\"\",1\r\n\r\nBob,\"two\nlines\",2\r\n";

    @TempDir
    Path directory;

    @Test
    void asATable(QuarkusMainLauncher launcher) throws IOException {
        Path output = directory.resolve("answers.csv");

        LaunchResult result = run(launcher, TABLE, "--csv", "key,review", "--output", output.toString());

        assertThat(result.exitCode()).as(result.getErrorOutput()).isZero();
        String written = Files.readString(output);
        assertThat(written).startsWith("id,outcome,answer,finish,error\r\n1,succeeded,").endsWith("\r\n");
        List<JsonNode> rows = new ArrayList<>();
        new CsvMapper().readerFor(JsonNode.class).with(CsvSchema.emptySchema().withHeader()).<JsonNode> readValues(written)
                .forEachRemaining(rows::add);
        assertThat(rows).extracting(row -> row.path("id").asText()).containsExactly("1", "2");
        assertThat(rows).allSatisfy(row -> assertThat(row.path("answer").asText()).isNotEmpty());
    }

    @Test
    void asTheSystemMessageAndTheSchemaSay(QuarkusMainLauncher launcher) throws IOException {
        Path schema = Files.writeString(directory.resolve("mood of review.json"), """
                {"type":"object","properties":{"mood":{"type":"string","enum":["good","bad"]}},"required":["mood"],
                "additionalProperties":false}""");
        Path output = directory.resolve("answers.jsonl");

        LaunchResult result = run(launcher, TABLE.replace("name,review,key", "name,text,id"), "--csv", "--system",
                "You are brief.", "--schema", schema.toString(), "--output", output.toString());

        assertThat(result.exitCode()).as(result.getErrorOutput()).isZero();
        for (String line : Files.readAllLines(output)) {
            String answer = new ObjectMapper().readTree(line).path("text").asText();
            assertThat(new ObjectMapper().readTree(answer).path("mood").asText()).isIn("good", "bad");
        }
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("in.csv:2: no column \"id\"; there are name, text", "name,text\na,b\n", "--csv"),
                Arguments.of("in.csv:3: \"text\" must be a text that is not empty", "id,text\na,b\nb,\n", "--csv"),
                Arguments.of("in.csv:4: an earlier line has the same id", "id,text\na,\"b\nb\"\na,c\n", "--csv"),
                Arguments.of("in.csv: has no line", "id,text\n", "--csv"),
                Arguments.of(": not CSV: a quote is not closed", "id,text\na,\"b\n", "--csv"),
                Arguments.of("two columns are needed, such as id,text", "id,text\na,b\n", "--csv=id"),
                Arguments.of("--system and --schema are for /v1/chat/completions and /v1/responses, not for /v1/embeddings",
                        "id,text\na,b\n", "--csv --system=x --endpoint=embeddings"),
                Arguments.of("schema.json:2: not JSON, at column 10", "id,text\na,b\n", "--csv --schema=schema.json"),
                Arguments.of("in.csv has requests, which have a model and a prompt of their own",
                        "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\"m\"}}\n",
                        "--system=x"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void orTheProblemIsNamed(String message, String input, String options, QuarkusMainLauncher launcher) throws IOException {
        Path schema = Files.writeString(directory.resolve("schema.json"), "{\"type\":\n\"object\" x");
        List<String> arguments = new ArrayList<>(List.of(options.replace("schema.json", schema.toString()).split(" ")));
        arguments.addAll(List.of("--output", directory.resolve("answers.jsonl").toString()));

        LaunchResult result = run(launcher, input, arguments.toArray(String[]::new));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.getErrorOutput()).contains(message);
    }

    @Test
    void orItIsNotUtf8(QuarkusMainLauncher launcher) throws IOException {
        Path input = Files.write(directory.resolve("in.csv"), "id,text\na,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        LaunchResult result = launcher.launch("check", input.toString(), "--csv");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.getErrorOutput()).contains("in.csv:").contains("not UTF-8");
    }

    private LaunchResult run(QuarkusMainLauncher launcher, String input, String... options) throws IOException {
        Path file = Files.writeString(directory.resolve("in.csv"), input);
        List<String> arguments = new ArrayList<>(List.of("run", file.toString(), "--emulator", "--directory",
                directory.resolve("jobs").toString()));
        arguments.addAll(List.of(options));
        return launcher.launch(arguments.toArray(String[]::new));
    }
}
