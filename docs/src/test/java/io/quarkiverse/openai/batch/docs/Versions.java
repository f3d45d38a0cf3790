package io.quarkiverse.openai.batch.docs;

import java.util.List;
import java.util.regex.Pattern;

/** The versions that pages name: those of the project and of Quarkus. */
record Versions(String project, String quarkus) {

    private static final Pattern DEPENDENCY = Pattern.compile("(<version>)[^<]+(</version>)");
    private static final Pattern JAR = Pattern.compile("(quarkus-openai-batch-emulator-)\\S+(-runner\\.jar)");
    private static final Pattern EXTENSION = Pattern.compile("(quarkus-openai-batch:)[\\w.-]+()");
    private static final Pattern FOLDER = Pattern.compile("(quarkus-openai-batch-emulator/)[^/]+(/)");
    private static final Pattern QUARKUS = Pattern
            .compile("(Quarkus |quarkus-maven-plugin:|-DplatformVersion=)\\d+\\.\\d+\\.\\d+()");

    /** The versions of the build that runs the tests. */
    static Versions ofBuild() {
        return new Versions(System.getProperty("pages.project-version"), System.getProperty("pages.quarkus-version"));
    }

    List<String> in(List<String> lines) {
        return lines.stream().map(this::in).toList();
    }

    private String in(String line) {
        String withDependency = DEPENDENCY.matcher(line).replaceAll("$1" + project + "$2");
        String withJar = JAR.matcher(withDependency).replaceAll("$1" + project + "$2");
        String withExtension = EXTENSION.matcher(withJar).replaceAll("$1" + project + "$2");
        String withFolder = FOLDER.matcher(withExtension).replaceAll("$1" + project + "$2");
        return QUARKUS.matcher(withFolder).replaceAll("$1" + quarkus + "$2");
    }
}
