package io.quarkiverse.openai.batch.devui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.AddStyleTagOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.options.ColorScheme;

/** The browser of this machine. */
final class Chromium implements AutoCloseable {

    private static final double PATIENCE_MS = 30_000;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        playwright = Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium()
                .launch(new LaunchOptions().setExecutablePath(executable).setArgs(List.of("--no-sandbox")));
    }

    /** The tests are skipped where there is none, unless there must be one. */
    static Chromium start() {
        Path executable = Path.of(System.getProperty("browser"));
        if (Boolean.getBoolean("must-have-browser")) {
            assertThat(executable).isExecutable();
        }
        assumeTrue(Files.isExecutable(executable), "no browser at " + executable);
        return new Chromium(executable);
    }

    /** A page of the extension, by its title in lower case. */
    Page open(String title, ColorScheme scheme) {
        BrowserContext context = browser.newContext(new NewContextOptions().setColorScheme(scheme).setViewportSize(1280, 800));
        context.setDefaultTimeout(PATIENCE_MS);
        Page page = context.newPage();
        page.navigate(DevApplication.URL + "/q/dev-ui/quarkus-openai-batch/" + title);
        return page;
    }

    /** A picture for the documentation, if they are asked for. */
    static void picture(Page page, String name) {
        String folder = System.getProperty("screenshots", "");
        if (!folder.isEmpty()) {
            // Quarkus tells there that it cannot reach its registry
            page.addStyleTag(new AddStyleTagOptions().setContent("vaadin-notification-container{display:none!important}"));
            page.screenshot(new ScreenshotOptions().setPath(Path.of(folder, name + ".png")));
        }
    }

    /** They would look for the next application at the same port. */
    void closePages() {
        List.copyOf(browser.contexts()).forEach(BrowserContext::close);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
