package io.quarkiverse.openai.batch.runtime.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.Provider;

class PresetsTest {

    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @CsvSource({
            "OPENAI, https://api.openai.com/v1, 50000, 200",
            "AZURE, , 100000, 200",
            "AZURE_LEGACY, , 100000, 200",
            "ORQ, https://my.orq.ai/v3/router, 50000, 200",
            "GROQ, https://api.groq.com/openai/v1, 50000, 200",
            "TOGETHER, https://api.together.xyz/v1, 50000, 100",
            "DEEPINFRA, https://api.deepinfra.com/v1/openai, 50000, 200",
            "NEBIUS, https://api.tokenfactory.nebius.com/v1, 5000000, 10240",
            "ZHIPU, https://open.bigmodel.cn/api/paas/v4, 50000, 100",
            "MOONSHOT, https://api.moonshot.cn/v1, 50000, 200",
            "DASHSCOPE, https://dashscope.aliyuncs.com/compatible-mode/v1, 50000, 200",
            "LITELLM, , 50000, 200",
            "LLM_D, , 50000, 200",
            "OTHER, , 50000, 200" })
    void urlAndLimits(Provider provider, String baseUrl, long requests, long mebibytes) {
        Dialect dialect = Dialects.of(provider);

        assertThat(dialect.baseUrl()).isEqualTo(baseUrl);
        assertThat(dialect.limits().requests()).isEqualTo(requests);
        assertThat(dialect.limits().bytes()).isEqualTo(mebibytes * MIB);
        if (baseUrl != null) {
            assertThat(Dialects.of(Optional.empty(), Optional.of(URI.create(baseUrl)))).isEqualTo(dialect);
        }
    }

    @ParameterizedTest
    @CsvSource({
            "https://res.openai.azure.com/openai/v1, AZURE",
            "https://res.services.ai.azure.com/openai/v1, AZURE",
            "https://res.cognitiveservices.azure.com/openai, AZURE_LEGACY",
            "https://res.openai.azure.com/openai, AZURE_LEGACY",
            "https://workspace.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1, DASHSCOPE",
            "https://api.studio.nebius.com/v1, NEBIUS",
            "https://api.together.ai/v1, TOGETHER",
            "https://api.novita.ai/openai/v1, OTHER",
            "http://localhost:4000, OTHER" })
    void aProviderIsKnownByTheHostOfItsUrl(URI url, Provider provider) {
        assertThat(Dialects.of(Optional.empty(), Optional.of(url)).provider()).isEqualTo(provider);
    }

    @Test
    void orqsFormerPathsComeWithItsFormerUrl() {
        Dialect former = Dialects.of(Optional.of(Provider.ORQ), Optional.of(URI.create("https://api.orq.ai/v2")));

        assertThat(former.batchesPath()).isEqualTo("/proxy/batch");
        assertThat(former.filesPath()).isEqualTo("/files");
        assertThat(former.afterRequired()).isTrue();
        assertThat(Dialects.of(Provider.ORQ).afterRequired()).isFalse();
    }

    @Test
    void otherPathsKeepWhatUploadsHaveMore() {
        assertThat(Dialects.of(Provider.TOGETHER).toBuilder().filesPath("/x/files").build().uploadPath())
                .isEqualTo("/x/files/upload");
        assertThat(Dialects.of(Provider.OPENAI).toBuilder().filesPath("/x/files").build().uploadPath()).isEqualTo("/x/files");
    }
}
