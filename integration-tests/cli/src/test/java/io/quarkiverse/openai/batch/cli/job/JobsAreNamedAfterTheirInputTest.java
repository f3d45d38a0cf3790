package io.quarkiverse.openai.batch.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobsAreNamedAfterTheirInputTest {

    @ParameterizedTest
    @CsvSource({ "data/sotu-sentences.jsonl, sotu-sentences", "reviews, reviews", "a.b.jsonl, a.b", ".hidden, hidden",
            "..., job", "con.jsonl, job-con", "NUL.1.jsonl, job-NUL.1", "a..jsonl, a",
            "zwei W\u00f6rter.jsonl, zwei-W-rter" })
    void inLettersThatFitAFolder(Path input, String name) {
        assertThat(JobName.of(input)).hasToString(name);
    }

    @Test
    void inAHundredOfThem() {
        assertThat(JobName.of(Path.of("x".repeat(101) + ".jsonl")).text()).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ".", "..", ".none", "a/b", "a b", "\u00e4" })
    void orByTheUserInTheSame(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new JobName(name)).withMessageContaining("A-Z a-z 0-9");
    }

    @ParameterizedTest
    @ValueSource(strings = { "CON", "nul.txt", "Lpt1", "com9.a.b", "a." })
    void butNotByNamesThatWindowsReserves(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new JobName(name)).withMessageContaining("Windows");
    }
}
