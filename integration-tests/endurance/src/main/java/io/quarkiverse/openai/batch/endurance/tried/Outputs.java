package io.quarkiverse.openai.batch.endurance.tried;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Places for answers, and names of jobs: nothing that exists is lost, and what cannot be written is told before. */
final class Outputs implements Area {

    private static final String LINE = "{\"id\":\"a\",\"text\":\"x\"}\n";
    private static final String OLD = "old\n";

    private final Tool tool;
    private final List<Trial> trials = new ArrayList<>();

    private interface Preparation {
        void in(Path folder) throws Exception;
    }

    Outputs(Tool tool) {
        this.tool = tool;
        places();
        refusals();
        specials();
        names();
    }

    private void places() {
        Preparation nothing = folder -> {
        };
        for (String output : List.of("out.jsonl", "./out.jsonl", "ä ö.jsonl", "a b.jsonl", ".hidden",
                "x".repeat(200), "out", "{text}.jsonl", "%s.jsonl")) {
            written("output " + output.substring(0, Math.min(20, output.length())), output, nothing);
        }
        written("below a folder that is not there", "none/out.jsonl", nothing);
        written("a file that is replaced with --force", "out.jsonl",
                folder -> Files.writeString(folder.resolve("out.jsonl"), OLD), "--force");
        written("a folder that is a link", "link/out.jsonl", folder -> {
            Files.createDirectory(folder.resolve("real"));
            Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
        });
        written("an incomplete file of before", "out.jsonl",
                folder -> Files.createSymbolicLink(folder.resolve(".out.jsonl.1.incomplete"), Path.of("in.jsonl")));
    }

    private void refusals() {
        Preparation nothing = folder -> {
        };
        refused("the input", "in.jsonl", nothing);
        refused("the input by force", "in.jsonl", nothing, "--force");
        refused("the input by another name", "../%s/in.jsonl", nothing, "--force");
        refused("a link to the input", "link.jsonl",
                folder -> Files.createSymbolicLink(folder.resolve("link.jsonl"), Path.of("in.jsonl")), "--force");
        refused("a hard link to the input", "link.jsonl",
                folder -> Files.createLink(folder.resolve("link.jsonl"), folder.resolve("in.jsonl")), "--force");
        refused("a file that exists", "out.jsonl", folder -> Files.writeString(folder.resolve("out.jsonl"), OLD));
        refused("a folder", "out", folder -> Files.createDirectory(folder.resolve("out")), "--force");
        refused("a folder of the system", "/", nothing, "--force");
        refused("below a file", "in.jsonl/out.jsonl", nothing);
        refused("below /proc", "/proc/none/out.jsonl", nothing);
        refused("a name of 240 letters", "x".repeat(240), nothing);
        refused("a name of 255 letters", "x".repeat(255), nothing);
        refused("a name of 300 letters", "x".repeat(300), nothing);
        refused("an empty name", "", nothing);
    }

    private void specials() {
        trials.add(new Trial("a device", () -> special("null", List.of("mknod", "null", "c", "1", "3"))));
        trials.add(new Trial("a pipe", () -> special("pipe", List.of("mkfifo", "pipe"))));
        trials.add(new Trial("standard output", () -> standardOutput("/dev/stdout")));
        trials.add(new Trial("descriptor 1", () -> standardOutput("/proc/self/fd/1")));
    }

    private void names() {
        for (String name : List.of("..", ".", "a/b", "/tmp/x", "CON", "nul", "a\nb", "\u001b[1m", "x".repeat(101), " ", "-",
                "\u202ex")) {
            trials.add(new Trial("job " + name.substring(0, Math.min(12, name.length())),
                    () -> run("out.jsonl", folder -> {
                    }, "0,2", "--job=" + name)));
        }
    }

    private void written(String name, String output, Preparation preparation, String... options) {
        trials.add(new Trial(name, () -> run(output, preparation, "0", options)));
    }

    private void refused(String name, String output, Preparation preparation, String... options) {
        trials.add(new Trial(name, () -> run(output, preparation, "2", options)));
    }

    private String run(String template, Preparation preparation, String exits, String... options) throws Exception {
        Path folder = Tool.folder();
        try {
            Files.writeString(folder.resolve("in.jsonl"), LINE);
            preparation.in(folder);
            String output = template.replace("../%s", "../" + folder.getFileName());
            Path place = folder.resolve(output);
            String before = content(place);
            Tool.Ran ran = tool(folder, output, options);
            String problem = ran.problem(exits);
            if (problem != null) {
                return problem;
            }
            if (!Files.readString(folder.resolve("in.jsonl")).equals(LINE)) {
                return "the input is changed";
            }
            boolean answered = content(place).contains("succeeded");
            return ran.exit() == 0 ? answered ? null : "nothing is written"
                    : content(place).equals(before) ? null : "what was there is changed";
        } finally {
            Tool.delete(folder);
        }
    }

    private Tool.Ran tool(Path folder, String output, String... options) throws IOException, InterruptedException {
        List<String> arguments = Stream.concat(Stream.of("run", "in.jsonl", "--output=" + output, "--emulator", "--speed=1000"),
                Stream.of(options)).toList();
        return tool.run(folder, Map.of(), arguments);
    }

    private static String content(Path place) throws IOException {
        return Files.isRegularFile(place) ? Files.readString(place, StandardCharsets.UTF_8) : "";
    }

    private String special(String name, List<String> command) throws Exception {
        Path folder = Tool.folder();
        try {
            Files.writeString(folder.resolve("in.jsonl"), LINE);
            if (new ProcessBuilder(command).directory(folder.toFile()).start().waitFor() != 0) {
                return "cannot be made here";
            }
            Process reader = new ProcessBuilder("cat", name).directory(folder.toFile()).start();
            Tool.Ran ran = tool(folder, name);
            reader.destroy();
            String problem = ran.problem("0,2");
            boolean same = Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(folder.resolve(name));
            return problem != null ? problem : same ? null : "it is replaced";
        } finally {
            Tool.delete(folder);
        }
    }

    private String standardOutput(String name) throws Exception {
        Path folder = Tool.folder();
        try {
            Files.writeString(folder.resolve("in.jsonl"), LINE);
            Tool.Ran ran = tool.run(folder, Map.of(), List.of("sh", "-c", "\"$@\" | cat", "sh"),
                    List.of("run", "in.jsonl", "--output=" + name, "--emulator", "--speed=1000"), Duration.ofSeconds(180));
            String problem = ran.problem("0");
            return problem != null ? problem : ran.out().contains("succeeded") ? null : "nothing is written: " + ran.out();
        } finally {
            Tool.delete(folder);
        }
    }

    @Override
    public List<Trial> trials() {
        return trials;
    }
}
