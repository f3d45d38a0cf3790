import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the commands of the pages as a reader would: in a clone, with an empty home, and so with an empty local Maven repository,
 * and a shell a page. Run it in the root of the project, after a commit: {@code java docs/RunPages.java}, with names of pages if
 * not all are meant; {@code -Dhome=DIRECTORY} keeps the home for the next time.
 *
 * <p>
 * A comment before a block says how it is run, {@code //} in pages and {@code <!-- -->} in Markdown:
 * {@code run}; {@code run: a as b}, which replaces a; {@code run until: text}, whose last command stays in the background, and has
 * started once its output has the text; {@code prints: text}, which the output of the block must have; and
 * {@code not run: reason}. Comments of several lines that begin with {@code run} have commands that readers need not see.
 */
class RunPages {

    private static final Path PAGES = Path.of("docs", "modules", "ROOT", "pages");
    private static final String FAILED = "FAILED: ";
    private static final Duration LONGEST = Duration.ofMinutes(20);

    /** The commands of a page that belong together, and what its marks say of them. */
    private record Block(int line, String commands, List<String> marks) {

        List<String> all(String mark) {
            return marks.stream().filter(each -> each.startsWith(mark + ": ")).map(each -> each.substring(mark.length() + 2))
                    .toList();
        }

        String script() {
            String script = commands;
            for (String replaced : all("run")) {
                String[] as = replaced.split(" as ", 2);
                if (!script.contains(as[0])) {
                    throw new IllegalStateException(line + ": there is no " + as[0] + " to replace");
                }
                script = script.replace(as[0], as[1]);
            }
            return all("run until").isEmpty() ? script : script.stripTrailing() + " &\n";
        }
    }

    /** What came of a block. */
    private record Outcome(Path page, Block block, String result) {

        boolean isFailure() {
            return result.startsWith(FAILED);
        }

        @Override
        public String toString() {
            return page.getFileName() + ":" + block.line() + " " + result;
        }
    }

    private final Path home;
    private final Path clone;
    private final List<Outcome> outcomes = new ArrayList<>();

    private RunPages(Path work) {
        home = Path.of(System.getProperty("home", work.resolve("home").toString())).toAbsolutePath();
        clone = work.resolve("clone");
    }

    public static void main(String[] names) throws Exception {
        Path work = Files.createTempDirectory("pages");
        RunPages pages = new RunPages(work);
        pages.prepare();
        for (Path page : pages(names)) {
            pages.run(page);
        }
        boolean failed = pages.report();
        delete(work);
        System.exit(failed ? 1 : 0);
    }

    private static List<Path> pages(String[] names) throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")), files.sorted())
                    .filter(page -> names.length == 0 || Arrays.asList(names).contains(name(page))).toList();
        }
    }

    private static String name(Path page) {
        return page.getFileName().toString().replaceFirst("\\.(adoc|md)$", "");
    }

    private void prepare() throws Exception {
        Files.createDirectories(home.resolve(".m2"));
        Path settings = Path.of(System.getProperty("user.home"), ".m2", "settings.xml");
        if (Files.exists(settings) && !Files.exists(home.resolve(".m2/settings.xml"))) {
            Files.copy(settings, home.resolve(".m2/settings.xml"));
        }
        if (new ProcessBuilder("git", "clone", "--quiet", ".", clone.toString()).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("This is not the root of a clone");
        }
    }

    private void run(Path page) throws Exception {
        List<Block> blocks = blocks(page);
        if (blocks.isEmpty()) {
            return;
        }
        System.out.println("# " + name(page));
        try (Shell shell = new Shell(home, clone)) {
            for (Block block : blocks) {
                Outcome outcome = new Outcome(page, block, result(shell, block));
                outcomes.add(outcome);
                System.out.println("# " + outcome);
                if (outcome.isFailure()) {
                    return;
                }
            }
        }
    }

    private static String result(Shell shell, Block block) throws Exception {
        List<String> reason = block.all("not run");
        if (!reason.isEmpty()) {
            return "not run: " + reason.get(0);
        }
        Instant start = Instant.now();
        String problem = shell.run(block.script(), block.all("run until"), block.all("prints"));
        return problem.isEmpty() ? "run in " + Duration.between(start, Instant.now()).toSeconds() + " s"
                : FAILED + problem;
    }

    private boolean report() {
        System.out.println("# result");
        outcomes.forEach(System.out::println);
        return outcomes.stream().anyMatch(Outcome::isFailure);
    }

    private static List<Block> blocks(Path page) throws IOException {
        List<String> lines = Files.readAllLines(page);
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.equals("////") && lines.get(i + 1).equals("run")) {
                int end = after(lines, i + 1, "////");
                blocks.add(block(lines, i + 2, end, List.of("run")));
                i = end;
            } else if (line.equals("[source,bash]") || line.equals("```bash")) {
                int first = line.startsWith("[") ? i + 2 : i + 1;
                int end = after(lines, first, line.startsWith("[") ? "----" : "```");
                blocks.add(block(lines, first, end, marks(lines, i)));
                i = end;
            }
        }
        return blocks;
    }

    private static Block block(List<String> lines, int first, int end, List<String> marks) {
        return new Block(first + 1, lines.subList(first, end).stream().collect(Collectors.joining("\n", "", "\n")), marks);
    }

    private static int after(List<String> lines, int from, String fence) {
        int length = lines.subList(from, lines.size()).indexOf(fence);
        if (length < 0) {
            throw new IllegalStateException("Line " + from + " begins a block that has no end");
        }
        return from + length;
    }

    private static List<String> marks(List<String> lines, int block) {
        Pattern mark = Pattern.compile("(?:// |<!-- )((?:not )?run.*?|prints: .*?)(?: -->)?");
        List<String> marks = new ArrayList<>();
        for (int i = block - 1; i >= 0; i--) {
            Matcher matcher = mark.matcher(lines.get(i));
            if (!matcher.matches()) {
                break;
            }
            marks.add(0, matcher.group(1));
        }
        if (marks.isEmpty()) {
            throw new IllegalStateException(
                    "Line " + (block + 1) + " has commands, and no comment before them that says how to run them");
        }
        return marks;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** A shell that ends at the first command that fails, and with it all that it has started. */
    private static final class Shell implements AutoCloseable {

        private static final String END = "-- end of the block --";

        private final Path scripts;
        private final Process bash;
        private final BlockingQueue<String> output = new LinkedBlockingQueue<>();

        Shell(Path home, Path directory) throws IOException {
            scripts = Files.createTempDirectory(directory.getParent(), "scripts");
            ProcessBuilder builder = new ProcessBuilder("bash").directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().put("HOME", home.toString());
            // Java takes the home from the system's list of users
            builder.environment().put("MAVEN_OPTS", "-Duser.home=" + home);
            bash = builder.start();
            Thread reader = new Thread(this::read, "output");
            reader.setDaemon(true);
            reader.start();
            send("set -eo pipefail; shopt -s expand_aliases; trap 'kill $(jobs -p) 2> /dev/null; wait' EXIT");
        }

        /** Returns what went wrong, or an empty text. */
        String run(String script, List<String> until, List<String> prints) throws Exception {
            System.out.print(script.replaceAll("(?m)^", "> "));
            Path file = Files.writeString(scripts.resolve("block.sh"), script);
            send(". " + file + " < /dev/null\necho '" + END + "'");
            StringBuilder printed = new StringBuilder();
            Instant end = Instant.now().plus(LONGEST);
            boolean ended = false;
            while (!ended || !missing(printed, until).isEmpty()) {
                String line = output.poll(1, TimeUnit.SECONDS);
                ended |= line != null && line.endsWith(END);
                if (line != null && !line.endsWith(END)) {
                    System.out.println(line);
                    printed.append(line).append('\n');
                }
                if (line == null && !bash.isAlive()) {
                    return "a command failed";
                }
                if (Instant.now().isAfter(end)) {
                    return "it did not end in " + LONGEST.toMinutes() + " minutes";
                }
            }
            List<String> missing = missing(printed, prints);
            return missing.isEmpty() ? "" : "it does not print " + missing;
        }

        private static List<String> missing(CharSequence printed, List<String> texts) {
            return texts.stream().filter(text -> !printed.toString().contains(text)).toList();
        }

        private void send(String commands) throws IOException {
            bash.getOutputStream().write((commands + "\n").getBytes());
            bash.getOutputStream().flush();
        }

        private void read() {
            try (BufferedReader reader = bash.inputReader()) {
                for (String line; (line = reader.readLine()) != null;) {
                    output.add(line);
                }
            } catch (IOException e) {
                output.add(e.toString());
            }
        }

        @Override
        public void close() throws Exception {
            bash.getOutputStream().close();
            if (!bash.waitFor(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("What the page has started does not end");
            }
        }
    }
}
