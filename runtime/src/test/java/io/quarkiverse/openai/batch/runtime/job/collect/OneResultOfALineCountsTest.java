package io.quarkiverse.openai.batch.runtime.job.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.runtime.job.result.Payment;

class OneResultOfALineCountsTest {

    @TempDir
    Path root;

    private LineAccount account(List<String> ids, List<String> output, List<String> errors) throws IOException {
        return new LineAccount(ids.stream(), ids.size(), Files.write(root.resolve("output"), output),
                Files.write(root.resolve("errors"), errors), Long.MAX_VALUE);
    }

    /** A result of line "a" by its status, with the number of the result as its id; M is one that cannot be read. */
    private static List<String> results(String statuses, String file) {
        return statuses == null ? List.of()
                : Arrays.stream(statuses.split(" ")).map(status -> (status.equals("M")
                        ? "{'custom_id':'a','id':'" + file + "-M','response':["
                        : "{'custom_id':'a','id':'%s-%s','response':{'status_code':%s,'body':{'usage':{'total_tokens':5}}}}"
                                .formatted(file, status, status))
                        .replace('\'', '"'))
                        .toList();
    }

    @ParameterizedTest(name = "of {0} and {1}")
    @CsvSource({
            "200, 400, o-200", "400, 200, e-200", "500, 200, e-200", "M, 200, e-200", "200, M, o-200",
            "200 201, , o-200", "500 200 201, , o-200", "200, 201, o-200", ", 200 201, e-200",
            "500, 400, o-500", "429, 500, o-429", "400 500, , o-500", ", 500 429, e-429",
            "M, 400, e-400", "M 400, , o-400", "400 M, , o-400", "M, M, e-M" })
    void theFirstThatWasPaidThenTheOutputFileThenTheLatest(String output, String errors, String expected) throws IOException {
        try (LineAccount account = account(List.of("a"), results(output, "o"), results(errors, "e"))) {
            assertThat(new String(account.result(0))).contains('"' + expected + '"');
        }
    }

    @Test
    void othersAreCountedAndCostNothing() throws IOException {
        List<String> output = List.of("{\"custom_id\":\"b\",\"response\":{\"status_code\":200}}", "}{",
                results("200", "o").get(0), results("200", "o").get(0));
        try (LineAccount account = account(List.of("a", "c"), output, results("500", "e"))) {
            assertThat(account.foreign()).isEqualTo(1);
            assertThat(account.unattributed()).isEqualTo(1);
            assertThat(account.extra()).isEqualTo(2);
            assertThat(account.paid()).isEqualTo(1);
            assertThat(account.usage().totalTokens()).isEqualTo(5);
            assertThat(account.isAnswered(1)).isFalse();
            assertThat(account.payment(1)).isEqualTo(Payment.UNKNOWN_ANSWER);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"recordId":"1","modelInput":{"prompt":"secret"},"modelOutput":{}}  | recordId, modelInput, modelOutput
            {"custom_id":"b","response":{"status_code":200,"body":"secret"}}    | custom_id, response
            {"custom_id":17,"error":"secret                                     | custom_id, error
            ["secret"]                                                          | none, it is no JSON object
            secret                                                              | none
            {}                                                                  | none
            {"k1":1,"k2":1,"k3":1,"k4":1,"k5":1,"k6":1,"k7":1,"k8":1,"k9":1,"k10":1,"k11":1} | k1, k2, k3, k4, k5, k6, k7, k8, k9, k10
            """)
    void ofALineThatBelongsToNoRequestTheFieldsAreNamed(String line, String fields) throws IOException {
        try (LineAccount account = account(List.of("a"), List.of(results("200", "o").get(0), line), List.of())) {
            assertThat(account.strangeFields()).isEqualTo(fields);
        }
    }

    @Test
    void ofLinesThatAllBelongToRequestsNoFieldsAreNamed() throws IOException {
        try (LineAccount account = account(List.of("a"), results("200 M", "o"), results("500", "e"))) {
            assertThat(account.strangeFields()).isNull();
        }
    }

    @Test
    void idsThatAreNotThoseOfTheChunkAreRefused() throws IOException {
        Path none = Files.createFile(root.resolve("none"));
        assertThatThrownBy(() -> new LineAccount(Stream.of("a", "b"), 3, none, none, Long.MAX_VALUE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2 ids of 3");
    }
}
