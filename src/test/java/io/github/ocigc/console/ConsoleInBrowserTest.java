package io.github.ocigc.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.engine.Console;
import io.github.ocigc.engine.Options;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.ShownPage;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;

/** The console as a person has it before them. */
class ConsoleInBrowserTest {
  @TempDir Path root;
  private String base;

  @BeforeEach
  void makeStore() {
    LayoutFixture store = new LayoutFixture(root);
    LayoutFixture.Image image = store.image("base").layers(2);
    base = image.tag().digest();
    store.image("app<b>&${text}").sharing(image).layers(3).tag();
  }

  @Test
  void answersWithoutBeingAskedThenWhatIsTypedAndRefusesToWrite() {
    try (Console.Report console = new Console(root, Options.DEFAULT).run(0);
        ShownPage page = ShownPage.open(console.url().toString())) {
      WebDriver driver = page.driver();
      String header = page.await(d -> d.findElement(By.tagName("header")).getText());
      assertThat(header).contains(root.toString(), "read-only copy", "Ctrl-C");
      assertThat(driver.getTitle()).contains(root.toString());
      assertThat(driver.getCurrentUrl()).doesNotContain("token");
      assertThat(result(page, "HELD_BYTES")).contains("SELECT * FROM disk_usage;");
      assertThat(typed(page).getAttribute("value")).isEqualTo("SELECT * FROM disk_usage");
      assertThat(inFrame(page, "h2menu", "div.tree").getText())
          .contains("CONTENT", "EDGE", "DISK_USAGE", "IMAGE_USAGE");
      page.picture("console");

      assertThat(asked(page, "SELECT name, digest FROM image_usage ORDER BY name"))
          .contains("app<b>&${text}", base, "(2 rows");
      page.picture("console-images");

      assertThat(asked(page, "DELETE FROM content")).contains("read-only copy of the ledger");
      page.picture("console-refused");

      assertThat(page.complaints()).isEmpty();
    }
  }

  @Test
  void whatTheFrameAndTheTreeOfferWorks() {
    try (Console.Report console = new Console(root, Options.DEFAULT).run(0);
        ShownPage page = ShownPage.open(console.urlForOnce().toString())) {
      WebDriver driver = page.driver();
      result(page, "HELD_BYTES");
      for (String[] link :
          new String[][] {
            {"images", "UNIQUE_BYTES"},
            {"most shared", "REF_COUNT"},
            {"leftovers", "FROM orphan"},
            {"history", "FREED_BYTES"},
            {"what I asked before", "SELECT * FROM disk_usage"},
            {"stop what is running", "Nothing is running"}
          }) {
        driver.switchTo().defaultContent();
        page.await(d -> d.findElement(By.linkText(link[0]))).click();
        result(page, link[1]);
      }
      typed(page).clear();
      inFrame(page, "h2menu", "a[id=CONTENT]").click();
      page.await(d -> typed(page).getAttribute("value").equals("SELECT * FROM CONTENT "));
      inFrame(page, "h2query", "input[value='Run']").click();
      result(page, "SIZE_BYTES");
      assertThat(page.complaints()).isEmpty();
    }
  }

  /** Types a query, runs it, and answers the page with its result. */
  private static String asked(ShownPage page, String sql) {
    WebElement box = typed(page);
    box.clear();
    box.sendKeys(sql);
    page.driver().findElement(By.cssSelector("input[value='Run']")).click();
    return result(page, sql + ";");
  }

  private static WebElement typed(ShownPage page) {
    return inFrame(page, "h2query", "form[name=h2query] textarea");
  }

  /** The page of the result, once it has this in it. */
  private static String result(ShownPage page, String awaited) {
    return page.await(
        driver -> {
          driver.switchTo().defaultContent().switchTo().frame("h2result");
          String text = driver.findElement(By.tagName("body")).getText();
          return text.contains(awaited) ? text : null;
        });
  }

  private static WebElement inFrame(ShownPage page, String frame, String selector) {
    return page.await(
        driver -> {
          driver.switchTo().defaultContent().switchTo().frame(frame);
          return driver.findElement(By.cssSelector(selector));
        });
  }
}
