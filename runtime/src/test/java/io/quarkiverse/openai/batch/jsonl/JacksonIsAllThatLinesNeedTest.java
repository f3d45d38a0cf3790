package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

class JacksonIsAllThatLinesNeedTest {

    @Test
    void noQuarkusInThePackage() throws Exception {
        Path classes = Path.of(JsonlReader.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        StringWriter output = new StringWriter();
        ToolProvider.findFirst("jdeps").orElseThrow().run(new PrintWriter(output), new PrintWriter(output),
                "--ignore-missing-deps",
                "-verbose:package", "-filter:none",
                classes.resolve(JsonlReader.class.getPackageName().replace('.', '/')).toString());

        Set<String> packages = Pattern.compile("-> ([a-z0-9_.]+)").matcher(output.toString()).results()
                .map((MatchResult match) -> match.group(1)).filter(name -> name.contains(".") && !name.startsWith("java."))
                .collect(Collectors.toSet());

        assertThat(packages).contains("com.fasterxml.jackson.core").allSatisfy(name -> assertThat(name)
                .matches("com\\.fasterxml\\..*|com\\.github\\.victools\\..*|com\\.knuddels\\..*"
                        + "|io\\.quarkiverse\\.openai\\.batch\\.(model|jsonl(\\.internal\\..*)?)"));
    }

    @Test
    void noOtherLibraryUnlessItIsUsed() throws Exception {
        assertThat(ForkedJvm.run(jar -> jar.contains("jackson-") && !jar.contains("datatype") || jar.contains("classes"),
                JacksonAlone.class).lines()).containsExactly("true", "17",
                        "Structured answers need com.github.victools:jsonschema-generator and "
                                + "com.github.victools:jsonschema-module-jackson in version 4.38.0; "
                                + "the class path lacks them or has others",
                        "Counting tokens needs the dependency com.knuddels:jtokkit");
    }
}
