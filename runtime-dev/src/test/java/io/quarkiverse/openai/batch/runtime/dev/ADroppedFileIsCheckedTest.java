package io.quarkiverse.openai.batch.runtime.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.LineLimits;

class ADroppedFileIsCheckedTest {

    @TempDir
    Path folder;

    private DroppedFile file(String name, byte[] content) throws IOException {
        DroppedFile file = new DroppedFile(Files.createFile(folder.resolve("stored")), name);
        file.append(content);
        return file;
    }

    private FileCheck check(String name, String content) throws IOException {
        return file(name, content.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8)).check(LineLimits.OPENAI, "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.csv   | id,text\\na,hello\\nb,"hi, you"\\n                     | true  | 2
            A.CSV   | text,more,id\\nhello,x,a\\n                            | true  | 1
            a.csv   | \uFEFFid,text\\na,hello\\n                             | true  | 1
            a.jsonl | {"id":"a","text":"hello"}\\n\\n{"id":2,"text":"x"}    | true  | 2
            a.jsonl | {"custom_id":"a","method":"POST","url":"/v1/responses","body":{"model":"m","input":"x"}} | false | 1
            """)
    void goodOnes(String name, String content, boolean texts, long lines) throws IOException {
        assertThat(check(name, content)).isEqualTo(new FileCheck(texts, lines, List.of(), 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.csv   | id,text\\na,x\\na,y\\n           | line 3: custom_id is that of an earlier request
            a.csv   | id,text\\n,x\\n                  | line 2: no id or no text
            a.csv   | name\\nx\\n                      | line 2: no id or no text
            a.csv   | id,text\\n"a,x\\n                | not CSV
            a.jsonl | {"id":"a","text":"x"}\\nnonsense | line 2: not JSON
            a.jsonl | {"id":"a","text":"x"}\\n{}       | line 2: no id or no text
            a.jsonl | nonsense                         | line 1:
            a.jsonl | {"custom_id":"a"}                | line 1:
            """)
    void badOnes(String name, String content, String problem) throws IOException {
        assertThat(check(name, content).problems()).first().asString().contains(problem);
    }

    @Test
    void anEmptyOne() throws IOException {
        assertThat(check("a.csv", "").problems()).containsExactly("The file has no lines");
    }

    @Test
    void onlyTheFirstProblemsAreTold() throws IOException {
        FileCheck check = check("a.jsonl", "{\"id\":\"a\",\"text\":\"x\"}\n".repeat(50));
        assertThat(check.problems()).hasSize(20);
        assertThat(check.moreProblems()).isEqualTo(29);
    }

    @Test
    void bytesThatAreNotUtf8() throws IOException {
        byte[] latin1 = "id,text\na,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(file("a.csv", latin1).check(LineLimits.OPENAI, "").problems()).singleElement().asString()
                .contains("not UTF-8");
    }

    @Test
    void textsBecomeRequestsToAModel() throws IOException {
        DroppedFile file = file("a.csv", "id,text\na,hello\n".getBytes(StandardCharsets.UTF_8));
        try (Stream<BatchRequest> requests = file.requests("gpt-6-luna")) {
            assertThat(requests.map(BatchRequest::toLine).map(line -> new String(line, StandardCharsets.UTF_8)))
                    .singleElement().asString().contains("\"custom_id\":\"a\"", "gpt-6-luna", "hello");
        }
    }
}
