package io.quarkiverse.openai.batch.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;

/** The messages in sources that somebody has to act upon: texts, with {@code %s} for what is not one. */
final class Messages {

    /** Of the configuration, of a job that waits for a person, and of one that cannot be submitted. */
    private static final Set<String> EXCEPTIONS = Set.of("ConfigurationException", "PauseException", "SourceException",
            "JobConflictException", "DirectoryInUseException", "LeftException");
    /** Warnings and errors of the log, and errors of the build. */
    private static final String CALLS = "LOG\\.(warnf?|errorf?)|(check\\.)?report";

    private Messages() {
    }

    static Set<String> in(List<Path> folders) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Set<String> messages = new TreeSet<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, files, problem -> {
            }, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources(folders)));
            for (CompilationUnitTree file : task.parse()) {
                file.accept(new Scanner(messages), null);
            }
        }
        return messages;
    }

    private static List<Path> sources(List<Path> folders) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }

    private static final class Scanner extends TreeScanner<Void, Void> {

        private final Set<String> messages;

        Scanner(Set<String> messages) {
            this.messages = messages;
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            if (call.getMethodSelect().toString().matches(CALLS)) {
                add(call.getArguments());
            }
            return super.visitMethodInvocation(call, nothing);
        }

        @Override
        public Void visitNewClass(NewClassTree created, Void nothing) {
            if (EXCEPTIONS.contains(created.getIdentifier().toString())) {
                add(created.getArguments());
            }
            return super.visitNewClass(created, nothing);
        }

        /** The first argument that is a text; none if another method makes it. */
        private void add(List<? extends ExpressionTree> arguments) {
            arguments.stream().flatMap(argument -> text(argument).stream()).findFirst().ifPresent(messages::add);
        }
    }

    private static Optional<String> text(Tree tree) {
        if (tree instanceof LiteralTree literal) {
            return Optional.ofNullable(literal.getValue() instanceof String text ? text : null);
        }
        if (tree instanceof ParenthesizedTree inner) {
            return text(inner.getExpression());
        }
        if (tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
            Optional<String> left = text(sum.getLeftOperand());
            Optional<String> right = text(sum.getRightOperand());
            return left.isEmpty() && right.isEmpty() ? Optional.empty() : Optional.of(left.orElse("%s") + right.orElse("%s"));
        }
        if (tree instanceof MethodInvocationTree call && call.getMethodSelect() instanceof MemberSelectTree method
                && method.getIdentifier().contentEquals("formatted")) {
            return text(method.getExpression());
        }
        return tree instanceof ConditionalExpressionTree either
                ? text(either.getTrueExpression()).or(() -> text(either.getFalseExpression()))
                : Optional.empty();
    }
}
