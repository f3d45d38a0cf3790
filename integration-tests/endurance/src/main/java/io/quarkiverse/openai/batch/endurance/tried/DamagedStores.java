package io.quarkiverse.openai.batch.endurance.tried;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A finished job whose files were damaged: its answers are read whole, or it is told that they cannot be. */
final class DamagedStores implements Area {

    private static final String JOBS = ".openai-batch";
    private static final List<String> FILES = List.of("results-", "results-index-", "requests-", "ids-", "chunk-1.json",
            "job.json");

    private final Tool tool;
    private final Path finished = Tool.folder();
    private final List<String> answers;
    private final List<Trial> trials = new ArrayList<>();

    private interface Damage {
        void to(Path file) throws Exception;
    }

    DamagedStores(Tool tool) throws IOException {
        this.tool = tool;
        finish();
        this.answers = Files.readAllLines(finished.resolve("out.jsonl"));
        FILES.forEach(this::file);
        rows();
        folders();
    }

    private void finish() throws IOException {
        Files.writeString(finished.resolve("in.jsonl"), "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"b\",\"text\":\"y\"}\n");
        Files.copy(finished.resolve("in.jsonl"), finished.resolve("other.jsonl"));
        try (SpoiledProvider provider = new SpoiledProvider((request, answer, out) -> false)) {
            for (String job : List.of("in", "other")) {
                Tool.Ran ran = tool.run(finished, Map.of("QUARKUS_OPENAI_BATCH_BASE_URL", provider.baseUrl()),
                        List.of("run", job + ".jsonl", "--output", "out.jsonl", "--force"));
                if (ran.exit() == null || ran.exit() != 0) {
                    throw new IOException("No job to damage: " + ran.err());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void file(String name) {
        damaged(name + " is gone", name, Files::delete);
        damaged(name + " is empty", name, file -> Files.write(file, new byte[0]));
        damaged(name + " is half", name, file -> {
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        });
        damaged(name + " has another byte", name, file -> {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        });
        damaged(name + " is of NUL", name, file -> Files.write(file, new byte[(int) Files.size(file)]));
        damaged(name + " is a pipe", name, file -> {
            Files.delete(file);
            new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
        });
    }

    private void rows() {
        for (String row : List.of("chunk-1.json", "job.json")) {
            for (String json : List.of("{}", "null", "[]", "7", "\"x\"", "{\"format\":999}", "[".repeat(100_000))) {
                damaged(row + " is " + json.substring(0, Math.min(20, json.length())), row,
                        file -> Files.writeString(file, json));
            }
            damaged(row + " has numbers for texts", row,
                    file -> Files.writeString(file, Files.readString(file).replaceAll("\":\"[^\"]*\"", "\":7")));
            damaged(row + " has null for all", row,
                    file -> Files.writeString(file, Files.readString(file).replaceAll("\":[^,{}\\[\\]]+", "\":null")));
            damaged(row + " has escapes", row, file -> Files.writeString(file,
                    Files.readString(file).replaceAll("\":\"[^\"]*\"", "\":\"\\\\u001b[31m\"")));
        }
    }

    private void folders() {
        damaged("the folder of the job is a link to /etc", "job.json", file -> {
            Path folder = file.getParent().getParent();
            Tool.delete(folder);
            Files.createSymbolicLink(folder, Path.of("/etc"));
        });
        damaged("the folder of the job is empty", "job.json", file -> {
            Tool.delete(file.getParent());
        });
        damaged("the folder of the job is a file", "job.json", file -> {
            Path folder = file.getParent().getParent();
            Tool.delete(folder);
            Files.writeString(folder, "x");
        });
        damaged("the lock is a folder", "job.json", file -> {
            Path lock = file.getParent().resolveSibling("lock");
            Files.delete(lock);
            Files.createDirectory(lock);
        });
        damaged("the row of another job", "job.json",
                file -> Files.write(file,
                        Files.readAllBytes(find(file.getParent().getParent().resolveSibling("other"), "job.json"))));
    }

    private void damaged(String name, String file, Damage damage) {
        trials.add(new Trial(name, () -> run(file, damage)));
    }

    private String run(String name, Damage damage) throws Exception {
        Path folder = Tool.folder();
        try {
            if (new ProcessBuilder("cp", "-a", finished.resolve(JOBS).toString(), folder.toString()).start().waitFor() != 0) {
                return "cannot be copied";
            }
            damage.to(find(folder.resolve(JOBS).resolve("in"), name));
            String etc = listing(Path.of("/etc"));
            String results = results(folder);
            Tool.Ran list = tool.run(folder, Map.of(), List.of("list"));
            String problem = list.problem("0");
            return results != null ? results
                    : problem != null ? "list: " + problem
                            : !list.out().contains("other") ? "list hides the other job: " + list.out() + list.err()
                                    : listing(Path.of("/etc")).equals(etc) ? null : "/etc has changed";
        } finally {
            Tool.delete(folder);
        }
    }

    private String results(Path folder) throws Exception {
        Tool.Ran ran = tool.run(folder, Map.of(), List.of("results", "in", "--output", "out.jsonl"));
        String problem = ran.problem("0,1,2");
        if (problem != null) {
            return problem;
        }
        Path output = folder.resolve("out.jsonl");
        List<String> read = Files.exists(output) ? Files.readAllLines(output) : List.of();
        return ran.exit() == 0 ? read.equals(answers) ? null : "exit code 0 without the answers: " + read
                : read.isEmpty() || read.equals(answers) ? null : "other answers: " + read;
    }

    private static Path find(Path job, String name) throws IOException {
        try (Stream<Path> files = Files.walk(job)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name)
                    && (!name.equals("results-") || !file.getFileName().toString().startsWith("results-index-")))
                    .findFirst().orElseThrow(() -> new IOException("There is no " + name + " in " + job));
        }
    }

    private static String listing(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().toString();
        }
    }

    @Override
    public List<Trial> trials() {
        return trials;
    }

    @Override
    public void close() {
        Tool.delete(finished);
    }
}
