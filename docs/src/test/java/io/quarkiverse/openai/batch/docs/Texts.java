package io.quarkiverse.openai.batch.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;

/**
 * The texts of Java sources that people read. A text is a string literal, or literals and values that {@code +} joins; each
 * value
 * and each place of a format becomes {@code …}. Texts in annotations and in calls that log below WARN are left out.
 */
final class Texts extends TreeScanner<Void, Void> {

    private static final Pattern PLACES = Pattern.compile("%(?:\\d+\\$)?[-#+ 0,(<]*\\d*(?:\\.\\d+)?[a-zA-Z]");
    private static final Set<String> BELOW_WARN = Set.of("trace", "tracef", "tracev", "debug", "debugf", "debugv", "info",
            "infof",
            "infov");

    private final Map<String, Set<String>> found;
    private final String file;

    private Texts(Map<String, Set<String>> found, String file) {
        this.found = found;
        this.file = file;
    }

    /** Each text of the sources below a folder, and the names of the classes that have it. */
    static Map<String, Set<String>> below(Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, Set<String>> found = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(folder);
                StandardJavaFileManager manager = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
            JavacTask task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null,
                    manager.getJavaFileObjectsFromPaths(sources));
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(new Texts(found, name(unit)), null);
            }
        }
        return found;
    }

    @Override
    public Void visitAnnotation(AnnotationTree annotation, Void nothing) {
        return null;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
        String called = call.getMethodSelect().toString();
        if (called.startsWith("LOG.") && BELOW_WARN.contains(called.substring("LOG.".length()))) {
            return null;
        }
        return super.visitMethodInvocation(call, nothing);
    }

    @Override
    public Void visitBinary(BinaryTree binary, Void nothing) {
        if (binary.getKind() == Tree.Kind.PLUS) {
            StringBuilder text = new StringBuilder();
            join(binary, text);
            add(text.toString());
            return null;
        }
        return super.visitBinary(binary, nothing);
    }

    @Override
    public Void visitLiteral(LiteralTree literal, Void nothing) {
        if (literal.getValue() instanceof String text) {
            add(text);
        }
        return null;
    }

    private void join(ExpressionTree part, StringBuilder text) {
        if (part instanceof BinaryTree binary && binary.getKind() == Tree.Kind.PLUS) {
            join(binary.getLeftOperand(), text);
            join(binary.getRightOperand(), text);
        } else if (part instanceof LiteralTree literal && literal.getValue() != null) {
            text.append(literal.getValue());
        } else {
            text.append('…');
            scan(part, null);
        }
    }

    private void add(String text) {
        String message = PLACES.matcher(text).replaceAll("…").replace("%%", "%").replaceAll("\\s+", " ").strip()
                .replaceAll("…+", "…");
        found.computeIfAbsent(message, unknown -> new TreeSet<>()).add(file);
    }

    private static String name(CompilationUnitTree unit) {
        return Path.of(unit.getSourceFile().toUri()).getFileName().toString().replace(".java", "");
    }
}
