// SPDX-License-Identifier: Apache-2.0
package io.uringreactive.examples;

import static io.uringreactive.examples.RunningExample.AWAIT;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real browser. {@code -Dexample.pictures=FOLDER} leaves pictures of it there, in
 * light and dark, wide and narrow, empty and full.
 */
class PageTest extends OnEachServer {
    private static Browser browser;

    @BeforeAll
    static void launch() throws Exception {
        Program.require("chromium", "chromium");
        browser = new Browser();
    }

    @AfterAll
    static void quit() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        open("/");
        awaitText("#health", "UP");
    }

    private static void open(String path) throws Exception {
        browser.open(example().uri(path));
    }

    private static String text(String selector) throws Exception {
        return browser.evaluate("document.querySelector('" + selector + "')?.textContent ?? ''");
    }

    private static void awaitText(String selector, String part) {
        await("\"" + part + "\" in " + selector)
                .atMost(AWAIT)
                .until(() -> text(selector), text -> text.contains(part));
    }

    private static void click(String selector) throws Exception {
        browser.evaluate("document.querySelector('" + selector + "').click()");
    }

    private static void fill(String field, String value) throws Exception {
        browser.evaluate(
                "document.querySelector('#note-form [name=%s]').value = '%s'"
                        .formatted(field, value));
    }

    @Test
    void shouldKnowItsServer() {
        awaitText("#server", server.value());
    }

    @Test
    void shouldAddAndDeleteANoteAndShowAProblem() throws Exception {
        fill("title", "milk");
        fill("text", "two litres");
        click("#note-form button");
        awaitText("#notes li", "two litres");
        click("#note-form button");
        awaitText("#note-problem", "400 Bad Request");
        click("#notes button");
        await().atMost(AWAIT).until(() -> text("#notes").isEmpty());
    }

    @Test
    void shouldCountTicksAndStop() throws Exception {
        await().atMost(AWAIT).until(() -> Integer.parseInt(text("#tick-count")) >= 2);
        click("#tick-toggle");
        assertEquals("Start", text("#tick-toggle"));
    }

    @Test
    void shouldReadLinesToTheEnd() throws Exception {
        click("#squares-start");
        awaitText("#squares-last", "20000² = 400000000");
    }

    @Test
    void shouldUploadAFileBothWaysAndShowARange(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("hello.txt"), "hello, browser");
        String sha256 = "c986dedbbb63f73ce7c3c5c66954e257210841ec99960eb803fdb500616ed9c2";
        for (String how : new String[] {"form", "raw"}) {
            browser.choose("#file-form input", file);
            click("#file-form button[value=" + how + "]");
            awaitText("#file-result", "hello.txt: 14 bytes, SHA-256 ");
            assertTrue(text("#file-result").endsWith(sha256), text("#file-result"));
            browser.evaluate("document.querySelector('#file-result').textContent = ''");
        }
        awaitText("#files a", "hello.txt");
        click("#files button");
        awaitText("#file-result", "206, bytes 0-13/14: 68 65 6c 6c 6f");
    }

    @Test
    void shouldFitAPhone() throws Exception {
        shouldFit("empty");
    }

    @Test
    void shouldFitAPhoneWhateverIsOnIt(@TempDir Path folder) throws Exception {
        fill("title", "milk");
        fill("text", "two litres\\nand a word of its own: " + "o".repeat(80));
        click("#note-form button");
        awaitText("#notes li", "two litres");
        fill("title", "u".repeat(80));
        fill("text", "");
        click("#note-form button");
        awaitText("#notes li:nth-child(2)", "uuu");
        click("#note-form button");
        awaitText("#note-problem", "400 Bad Request");
        click("#squares-start");
        awaitText("#squares-last", "20000² = 400000000");
        browser.choose(
                "#file-form input",
                Files.writeString(folder.resolve("f".repeat(76) + ".txt"), "hello, browser"));
        click("#file-form button[value=raw]");
        awaitText("#files a", "fff");
        click("#files button");
        awaitText("#file-result", "206, bytes 0-13/14: 68 65 6c 6c 6f");
        shouldFit("full");
    }

    @Test
    void shouldShowTheRingsAsTheyAreNow() throws Exception {
        open("/rings.html");
        if (server == Server.REACTOR_NETTY) {
            awaitText("#state", "There are no rings");
            shouldFit("rings");
            return;
        }
        awaitText("#rows tr", "%");
        // Each reading has a row for each ring; the second one has rates.
        await().atMost(AWAIT)
                .until(() -> text("#rows tr td:nth-child(4)"), rate -> !"–".equals(rate));
        assertEquals(
                browser.evaluate("String(document.querySelectorAll('#heads th').length)"),
                browser.evaluate("String(document.querySelector('#rows tr').children.length)"));
        shouldFit("rings");
        click("#toggle");
        assertEquals("Start", text("#toggle"));
    }

    private void shouldFit(String state) throws Exception {
        String pictures = System.getProperty("example.pictures");
        for (int width : new int[] {360, 800, 1200}) {
            for (boolean dark : new boolean[] {false, true}) {
                byte[] picture = browser.picture(width, dark);
                assertEquals(
                        String.valueOf(width),
                        browser.evaluate("String(document.documentElement.scrollWidth)"));
                if (pictures != null) {
                    String name = String.join("-", server.value(), state, dark ? "dark" : "light");
                    Files.write(Path.of(pictures, name + "-" + width + ".png"), picture);
                }
            }
        }
    }
}
