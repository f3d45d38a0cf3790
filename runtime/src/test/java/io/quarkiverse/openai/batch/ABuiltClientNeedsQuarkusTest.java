package io.quarkiverse.openai.batch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ABuiltClientNeedsQuarkusTest {

    @Test
    void withoutAnApplicationTheBuilderSaysSo() {
        OpenAiBatchBuilder builder = OpenAiBatch.builder().apiKey("secret");

        assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("OpenAiBatch.builder() needs a running Quarkus application")
                .hasMessageContaining("@QuarkusTest").hasMessageNotContaining("secret");
    }
}
