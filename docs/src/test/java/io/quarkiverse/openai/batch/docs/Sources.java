package io.quarkiverse.openai.batch.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What pages quote: regions of the compiled examples and of the quickstart, and the generated configuration reference. */
final class Sources {

    private static final List<Path> EXAMPLES = List.of(Path.of("modules", "ROOT", "examples"),
            Path.of("src", "test", "java", "org", "acme"), Path.of("..", "integration-tests"));
    private static final Path GENERATED = Path.of("target", "quarkus-generated-doc", "config");
    private static final Pattern TAG = Pattern.compile("\\s*(?://|#) (tag|end)::([\\w-]+)\\[]");

    private Sources() {
    }

    /** The lines of {@code Example.java#tag}, without their common indentation, or of a generated {@code name.adoc}. */
    static List<String> lines(String source) {
        if (source.endsWith(".adoc")) {
            return portable(read(GENERATED.resolve(source)));
        }
        String[] fileAndTag = source.split("#", 2);
        Path file = EXAMPLES.stream().map(folder -> folder.resolve(fileAndTag[0])).filter(Files::exists).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no example " + fileAndTag[0]));
        List<String> region = region(read(file), fileAndTag[1]);
        if (region.isEmpty()) {
            throw new IllegalArgumentException(file + " has no region tag::" + fileAndTag[1] + "[]");
        }
        return region;
    }

    static List<String> region(List<String> lines, String tag) {
        List<String> region = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            Matcher directive = TAG.matcher(line);
            if (!directive.matches()) {
                if (inside) {
                    region.add(line);
                }
            } else if (directive.group(2).equals(tag)) {
                inside = directive.group(1).equals("tag");
            }
        }
        int indent = region.stream().filter(line -> !line.isBlank()).mapToInt(Sources::indent).min().orElse(0);
        return region.stream().map(line -> line.substring(Math.min(indent, line.length()))).toList();
    }

    /** The generated text without what only Antora's copy buttons and icon fonts understand. */
    static List<String> portable(List<String> generated) {
        List<String> portable = new ArrayList<>();
        boolean copyButton = false;
        for (String line : generated) {
            if (line.startsWith("ifdef::") || line.startsWith("endif::") || line.startsWith("ifndef::")) {
                copyButton = line.startsWith("ifdef::");
            } else if (!copyButton && !(line.isBlank() && last(portable).isBlank())) {
                portable.add(withoutIcons(line.stripTrailing()));
            }
        }
        while (last(portable).isBlank() && !portable.isEmpty()) {
            portable.remove(portable.size() - 1);
        }
        return portable;
    }

    private static String withoutIcons(String line) {
        return line.replaceAll("icon:lock\\[[^]]*]", "🔒").replaceAll("icon:question-circle\\[[^]]*]", "format");
    }

    private static String last(List<String> lines) {
        return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    static List<Path> pages() {
        try (Stream<Path> pages = Files.list(Path.of("modules", "ROOT", "pages"))) {
            return Stream.concat(Stream.of(Path.of("..", "README.md"), Path.of("..", "CONTRIBUTING.md"),
                    Path.of("..", "deployment", "src", "main", "resources", "META-INF", "quarkus-skill.md")),
                    pages.filter(page -> page.toString().endsWith(".adoc")).sorted()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
