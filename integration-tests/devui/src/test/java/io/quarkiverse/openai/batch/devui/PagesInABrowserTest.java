package io.quarkiverse.openai.batch.devui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

import io.quarkus.test.QuarkusDevModeTest;

class PagesInABrowserTest {

    /** Whether a bar is, in whatever shadow of the page. */
    private static final String IS_HALF_WAY = "() => { const moved = []; const find = root => { "
            + "for (const e of root.querySelectorAll('*')) { "
            + "if (e.localName === 'vaadin-progress-bar' && e.value > 0.1 && e.value < 0.9) moved.push(e); "
            + "if (e.shadowRoot) find(e.shadowRoot); } }; find(document); return moved.length > 0; }";

    private static Chromium chromium;

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = DevApplication.with("""
            quarkus.openai-batch.jobs.poll-interval.min=0.1S
            quarkus.openai-batch.jobs.poll-interval.max=0.5S
            quarkus.openai-batch.prices."gpt-6-luna".input=0.1
            quarkus.openai-batch.prices."gpt-6-luna".output=0.4
            """, archive -> {
    });

    @TempDir
    Path folder;
    @RegisterExtension
    final JsonRpc connection = new JsonRpc();

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void closePages() {
        chromium.closePages();
    }

    private void speed(String speed) throws Exception {
        connection.call("quarkus-openai-batch_emulatorSpeed", Map.of("speed", speed));
    }

    private Path file(String name, int lines, IntFunction<String> line) throws Exception {
        return Files.writeString(folder.resolve(name), IntStream.range(0, lines).mapToObj(line).collect(Collectors.joining()),
                StandardCharsets.UTF_8);
    }

    private static String text(int number) {
        return "{\"id\":\"review-%d\",\"text\":\"The soup of table %d was cold and the waiter kind. %s\"}\n".formatted(number,
                number,
                "And so on. ".repeat(8));
    }

    /** As a person who drags it does. */
    private static void drop(Page page, Path file) throws Exception {
        page.locator("openai-batch-file .drop").waitFor();
        JSHandle data = page.evaluateHandle("([name, text]) => { const data = new DataTransfer(); "
                + "data.items.add(new File([text], name)); return data; }",
                new Object[] { file.getFileName().toString(), Files.readString(file) });
        page.locator("openai-batch-file .drop").dispatchEvent("drop", Map.of("dataTransfer", data));
    }

    private static Locator job(Page page, String name) {
        return page.locator("qwc-openai-batch-jobs [data-job='" + name + "']");
    }

    private static void waitForState(Page page, String name, String state) {
        page.locator("qwc-openai-batch-jobs [data-job='" + name + "'][data-state='" + state + "']").waitFor();
    }

    private static void click(Page page, String name, String action) {
        job(page, name).locator("[data-action='" + action + "']").click();
    }

    private static void run(Page page, String name) {
        page.locator("openai-batch-file #model").fill("gpt-6-luna");
        page.locator("openai-batch-file #run").click();
        job(page, name).waitFor();
    }

    @Test
    void aDroppedFileOfTwoMegabytesRunsAndItsBarMoves() throws Exception {
        Path reviews = file("reviews.jsonl", 13_000, PagesInABrowserTest::text);
        assertThat(Files.size(reviews)).isGreaterThan(2_000_000);
        speed("30");
        Page page = chromium.open("jobs", ColorScheme.LIGHT);
        page.locator("qwc-openai-batch-jobs .empty").waitFor();
        drop(page, reviews);
        page.locator("openai-batch-file .good").waitFor();
        assertThat(page.locator("openai-batch-file .good")).hasText("13,000 lines of texts, no problem.");
        run(page, "reviews");
        page.waitForFunction(IS_HALF_WAY);
        // it is open, since it was begun here
        job(page, "reviews").locator(".batches").waitFor();
        Chromium.picture(page, "dev-ui-jobs");
        waitForState(page, "reviews", "FINISHED");
        assertThat(job(page, "reviews").locator(".facts")).containsText("13,000 of 13,000 lines");
        assertThat(job(page, "reviews").locator(".answers")).hasCount(0);
        job(page, "reviews").locator("#answers").click();
        assertThat(job(page, "reviews").locator(".answers tr")).hasCount(21);
        assertThat(page.locator("body")).not().containsText("sk-");
    }

    @Test
    void aJobIsPausedResumedAndCancelled() throws Exception {
        speed("5");
        Page page = chromium.open("jobs", ColorScheme.DARK);
        drop(page, file("slow.jsonl", 2_000, PagesInABrowserTest::text));
        run(page, "slow");
        waitForState(page, "slow", "RUNNING");
        click(page, "slow", "pause");
        waitForState(page, "slow", "PAUSED");
        click(page, "slow", "resume");
        // a batch that ran nothing has no results, which are waited for
        page.waitForFunction(IS_HALF_WAY);
        Chromium.picture(page, "dev-ui-jobs-dark");
        click(page, "slow", "cancel");
        assertThat(job(page, "slow").locator("[data-action='cancel']")).hasText("Cancel?");
        click(page, "slow", "cancel");
        waitForState(page, "slow", "CANCELLED");
        assertThat(job(page, "slow").locator("[data-action='rerun']")).isVisible();
    }

    @Test
    void aBadFileShowsItsLines() throws Exception {
        Page page = chromium.open("jobs", ColorScheme.LIGHT);
        drop(page, file("bad.jsonl", 40, n -> n % 20 == 19 ? "{\"id\":\"review-0\",\"text\":\"again\"}\n" : text(n)));
        Locator problems = page.locator("openai-batch-file .problems li");
        problems.first().waitFor();
        assertThat(problems).hasCount(2);
        assertThat(problems.first()).containsText("line 20:");
        assertThat(problems.last()).containsText("line 40:");
        assertThat(page.locator("openai-batch-file #run")).hasCount(0);
        Chromium.picture(page, "dev-ui-bad-file");
        page.locator("openai-batch-file #discard").click();
        assertThat(page.locator("openai-batch-file .drop")).isVisible();
    }

    @Test
    void theEmulatorMisbehavesOnRequest() throws Exception {
        Page page = chromium.open("emulator", ColorScheme.LIGHT);
        page.locator("qwc-openai-batch-emulator [data-misbehaviour='LOST_CREATE']").click();
        assertThat(page.locator("qwc-openai-batch-emulator .faults tr")).hasCount(2);
        Chromium.picture(page, "dev-ui-emulator");
        Page jobs = chromium.open("jobs", ColorScheme.LIGHT);
        drop(jobs, file("few.jsonl", 3, PagesInABrowserTest::text));
        run(jobs, "few");
        waitForState(jobs, "few", "FINISHED");
        assertThat(page.locator("qwc-openai-batch-emulator .faults tr").last()).containsText("1 time");
        assertThat(page.locator("qwc-openai-batch-emulator .paid")).hasText("3");
        page.locator("qwc-openai-batch-emulator #behave").click();
        assertThat(page.locator("qwc-openai-batch-emulator .faults")).hasCount(0);
        Page batches = chromium.open("batches", ColorScheme.LIGHT);
        assertThat(batches.locator("qwc-openai-batch-batches [data-batch]")).hasCount(1);
        assertThat(batches.locator("qwc-openai-batch-batches .badge")).hasText("completed");
    }

    @Test
    void colorsAreThoseOfTheTheme() {
        assertThat(brightness(ColorScheme.LIGHT)).isLessThan(100);
        assertThat(brightness(ColorScheme.DARK)).isGreaterThan(155);
    }

    /** Of the text, from 0 to 255. */
    private static double brightness(ColorScheme scheme) {
        Page page = chromium.open("jobs", scheme);
        page.locator("qwc-openai-batch-jobs .empty").waitFor();
        Object color = page.locator("qwc-openai-batch-jobs").evaluate("host => { const c = document.createElement('canvas')"
                + ".getContext('2d'); c.fillStyle = getComputedStyle(host).color; c.fillRect(0, 0, 1, 1); "
                + "return c.getImageData(0, 0, 1, 1).data[0]; }");
        return ((Number) color).doubleValue();
    }
}
