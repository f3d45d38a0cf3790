package io.quarkiverse.openai.batch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.runtime.app.SettingsReader;
import io.quarkiverse.openai.batch.runtime.config.OpenAiBatchRuntimeConfig;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** The settings of providers without a preset, as their page has them. */
class SettingsOfProvidersMakeClientsTest {

    private static final Path PAGE = Path.of("modules/ROOT/pages/providers.adoc");
    private static final Pattern SETTINGS = Pattern
            .compile("// settings: \\S+\n\\[source,properties]\n----\n(.*?)\n----", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("\\.\"([^\"]+)\"\\.");

    static Stream<String> settings() throws IOException {
        return SETTINGS.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList().stream();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void eachWithAnUrlAndAKeyOfItsOwn(String text) {
        ClientSettings settings = client(text);

        assertThat(settings.baseUrl()).hasScheme("https").hasPath("/v1");
        assertThat(settings.dialect().completionWindow()).isEqualTo("24h");
        assertThat(text).containsPattern("api-key=\\$\\{[A-Z_]+}");
    }

    @Test
    void withTheLimitsOfEach() throws IOException {
        Map<String, LineLimits> limits = new HashMap<>();
        settings().map(SettingsOfProvidersMakeClientsTest::client)
                .forEach(settings -> limits.put(settings.name(), settings.dialect().limits()));

        assertThat(limits).hasSize(4);
        assertThat(limits.get("doubleword").customIdLength()).isEqualTo(64);
        assertThat(limits.get("inference-net").requests()).isEqualTo(1_000_000);
        assertThat(limits.get("siliconflow").oneModel()).isTrue();
        assertThat(limits.get("siliconflow").streams()).isTrue();
        assertThat(limits.get("parasail")).isEqualTo(LineLimits.OPENAI);
    }

    private static ClientSettings client(String text) {
        Matcher name = NAME.matcher(text);
        assertThat(name.find()).isTrue();
        OpenAiBatchRuntimeConfig config = new SmallRyeConfigBuilder().addDiscoveredConverters().addDefaultInterceptors()
                .withMapping(OpenAiBatchRuntimeConfig.class)
                .withSources(new PropertiesConfigSource(properties(text), "page", 500))
                .build().getConfigMapping(OpenAiBatchRuntimeConfig.class);
        return new SettingsReader(name.group(1), config.clients().get(name.group(1)), Optional.empty()).read();
    }

    /** With a key for each variable. */
    private static Map<String, String> properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> all = new HashMap<>();
        properties.forEach((key, value) -> all.put(key.toString(), value.toString()));
        Pattern.compile("\\$\\{([A-Z_]+)}").matcher(text).results().map((MatchResult variable) -> variable.group(1))
                .forEach(variable -> all.put(variable, "key"));
        return all;
    }
}
