package io.sluice.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import io.sluice.console.accounts.Role;
import io.sluice.tests.console.ConsoleStack;
import io.sluice.tests.console.SampleUsage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The first page as its users see it, before a real server with real figures.
 *
 * <p>Needs Chromium ({@code .ci/install-browser}; another path by {@code -Dsluice.chromium}). Leaves pictures of the page
 * in {@code target/pictures}.
 */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OverviewPageIT {
    private static final String QUESTION = "?period=custom&from=2024-01-07&to=2024-01-10&dataset=application";
    private static final double PATIENCE_MILLIS = 60_000;

    private final List<String> complaints = new ArrayList<>();
    private ConsoleStack stack;
    private Playwright playwright;
    private Browser browser;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    void start() throws Exception {
        stack = ConsoleStack.start();
        stack.index(SampleUsage.events(1));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(System.getProperty("sluice.chromium", "/usr/bin/chromium")))
                        // Chromium has no sandbox for root, which containers are.
                        .setChromiumSandbox(false));
    }

    @AfterAll
    void stop() throws Exception {
        if (playwright != null) {
            playwright.close();
        }
        stack.close();
    }

    @BeforeEach
    void openPage() {
        open(new Browser.NewContextOptions().setViewportSize(1280, 900));
    }

    @AfterEach
    void closePage() {
        context.close();
        assertEquals(List.of(), complaints);
    }

    private void open(Browser.NewContextOptions options) {
        complaints.clear();
        context = browser.newContext(options.setLocale("en-GB"));
        page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MILLIS);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            // A refused log-in is a 401, which the browser notes for every page.
            if (message.type().equals("error") && !message.text().contains("401")) {
                complaints.add(message.text());
            }
        });
    }

    private void logIn(String password) {
        page.navigate(stack.server().url() + QUESTION);
        page.getByLabel("Account").fill("analyst");
        page.getByLabel("Password").fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                .click();
    }

    private void logIn() {
        logIn(new String(ConsoleStack.password(Role.ANALYST)));
        assertThat(page.locator("#figures")).hasAttribute("aria-busy", "false", patient());
    }

    private static LocatorAssertions.HasAttributeOptions patient() {
        return new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE_MILLIS);
    }

    private void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "pictures", name + ".png"))
                .setFullPage(true));
    }

    @Test
    void refusesAWrongPasswordAndShowsNothing() {
        logIn("wrong password");
        assertThat(page.locator("#login-message"))
                .hasText(
                        "Name or password is wrong.",
                        new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(page.locator("#overview")).isHidden();
        assertThat(page.getByLabel("Password")).hasValue("");
        picture("login-refused");
    }

    @Test
    void showsTheFiguresOfGroups() {
        logIn();
        assertThat(page.locator("#visitors")).hasText("312");
        assertThat(page.locator("#views")).hasText("3,135");
        Locator pages = page.locator("#pages tbody tr");
        assertThat(pages.first()).containsText("/");
        assertThat(page.locator("#countries")).containsText("Canada");
        assertThat(page.locator("#countries")).not().containsText("Iceland");
        assertThat(page.locator("#countries")).containsText("(fewer than 10 visitors)");
        assertThat(page.locator("#foot-detail")).containsText("ottomatiq-2024-01-10");
        assertThat(page.locator("#foot-detail")).containsText("1 day of fewer than 10 visitors left out");
        picture("overview-light");
    }

    @Test
    void takesNamesForTextWhateverTheySay() {
        logIn();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show all"))
                .first()
                .click();
        assertThat(page.locator("#pages")).containsText(SampleUsage.HOSTILE_PATH);
        assertThat(page.locator("#sources")).containsText(SampleUsage.HOSTILE_SITE);
        assertEquals(0, page.locator("#pages img, #sources script").count());
        assertNull(page.evaluate("window.pwned ?? null"));
    }

    @Test
    void isUsedByTheKeyboardAlone() {
        logIn();
        page.locator("#chart svg").focus();
        page.keyboard().press("End");
        assertThat(page.locator("#chart [aria-live]")).containsText("10 Jan");
        assertThat(page.locator("#chart .tip")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#chart .tip")).isHidden();
        page.locator("input[value=custom]").focus();
        page.keyboard().press("ArrowLeft");
        assertThat(page.locator("input[value='30d']")).isChecked();
        assertThat(page.locator("#nothing-title"))
                .hasText("No usage yet", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS));
        picture("nothing-yet");
    }

    @Test
    void changesTheDataset() {
        logIn();
        page.getByLabel("Dataset").selectOption("marketing-site");
        assertThat(page.locator("#foot-detail"))
                .containsText("access logs", new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(page.locator("#visitors")).hasText("180");
        assertThat(page.locator("#foot-detail")).containsText("signals of browsers are not collected");
        assertTrue(page.url().contains("dataset=marketing-site"), page.url());
    }

    @Test
    void keepsItsSessionFromScriptsAndEndsItAtLogout() {
        logIn();
        Cookie cookie = context.cookies().get(0);
        assertTrue(cookie.httpOnly);
        assertEquals("STRICT", String.valueOf(cookie.sameSite));
        assertFalse(String.valueOf(page.evaluate("document.cookie")).contains("sluice"));
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log out"))
                .click();
        assertThat(page.locator("#login-form")).isVisible();
        assertEquals(401, page.request().get(stack.server().url() + "api/me").status());
    }

    @Test
    void fitsAPhoneAndTheDark() {
        context.close();
        open(new Browser.NewContextOptions().setViewportSize(1280, 900).setColorScheme(ColorScheme.DARK));
        logIn();
        page.locator("#chart svg").hover();
        picture("overview-dark");
        context.close();
        open(new Browser.NewContextOptions().setViewportSize(390, 844));
        logIn();
        assertEquals(
                390, ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue(), "nothing sticks out");
        picture("overview-phone");
    }
}
