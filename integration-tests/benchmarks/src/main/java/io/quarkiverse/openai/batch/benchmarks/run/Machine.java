package io.quarkiverse.openai.batch.benchmarks.run;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;

/** Where and with what the measures were taken. */
final class Machine {

    private static final List<String> LIBRARIES = List.of("quarkus-core", "vertx-core", "jackson-core", "openai-java",
            "okhttp", "simple-openai");

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final double loadBefore = system.getSystemLoadAverage();

    Table table() {
        Table table = new Table("Machine, versions and date", "", "value");
        table.row("Date", LocalDate.now().toString());
        table.row("Processor", processor() + ", " + system.getAvailableProcessors() + " cores");
        table.row("Memory", system.getTotalMemorySize() / (1L << 30) + " GiB");
        table.row("System", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        table.row("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        table.row("Load average before, after", "%.1f, %.1f".formatted(loadBefore, system.getSystemLoadAverage()));
        versions().forEach(version -> table.row(version.substring(0, version.lastIndexOf('-')),
                version.substring(version.lastIndexOf('-') + 1)));
        return table;
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 2)).orElse("unknown");
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    private static List<String> versions() {
        String jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(jar -> Path.of(jar).getFileName().toString()).collect(Collectors.joining("\n", "\n", "\n"));
        return LIBRARIES.stream().map(name -> jars.replaceAll("(?s).*\\n[a-z0-9.]*\\." + name + "-([0-9][^\\n]*)\\.jar\\n.*",
                name + "-$1")).filter(version -> !version.contains("\n")).toList();
    }
}
