package io.quarkiverse.openai.batch.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation, and the blocks in it that quote a source. */
record Page(Path file, List<String> lines) {

    private static final Pattern EXAMPLE = Pattern.compile("(?:// |<!-- )example: (\\S+)(?: -->)?");
    private static final Pattern GENERATED = Pattern.compile("// generated: (\\S+)");
    private static final String END_OF_GENERATED = "// end of generated text";
    private static final Pattern FENCE = Pattern.compile("-{4}|`{3}\\w*");

    /** A quoting block: the source as the page names it, and the index of the first line and of the one after the last. */
    record Block(String source, int first, int end) {
    }

    static Page read(Path file) {
        try {
            return new Page(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write() {
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blocks that name their source, in the order of the page. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher example = EXAMPLE.matcher(lines.get(i));
            Matcher generated = GENERATED.matcher(lines.get(i));
            if (example.matches()) {
                int fence = indexOf(i + 1, line -> FENCE.matcher(line).matches());
                blocks.add(new Block(example.group(1), fence + 1, closing(fence)));
            } else if (generated.matches()) {
                blocks.add(new Block(generated.group(1), i + 1, indexOf(i + 1, END_OF_GENERATED::equals)));
            }
        }
        return blocks;
    }

    /** The indexes of the lines of Java blocks that name no source. */
    List<Integer> unquotedJava() {
        List<Integer> unquoted = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean java = lines.get(i).startsWith("[source,java") || lines.get(i).equals("```java");
            if (java && (i == 0 || !EXAMPLE.matcher(lines.get(i - 1)).matches())) {
                unquoted.add(i);
            }
        }
        return unquoted;
    }

    /** This page with the blocks as their sources are. */
    Page quoting(Function<String, List<String>> sources) {
        List<String> quoted = new ArrayList<>();
        int copied = 0;
        for (Block block : blocks()) {
            quoted.addAll(lines.subList(copied, block.first()));
            quoted.addAll(sources.apply(block.source()));
            copied = block.end();
        }
        quoted.addAll(lines.subList(copied, lines.size()));
        return new Page(file, quoted);
    }

    private int closing(int fence) {
        String close = lines.get(fence).substring(0, lines.get(fence).startsWith("-") ? 4 : 3);
        return indexOf(fence + 1, close::equals);
    }

    private int indexOf(int from, Function<String, Boolean> test) {
        for (int i = from; i < lines.size(); i++) {
            if (test.apply(lines.get(i))) {
                return i;
            }
        }
        throw new IllegalStateException(file + ":" + from + ": the block that begins here has no end");
    }
}
