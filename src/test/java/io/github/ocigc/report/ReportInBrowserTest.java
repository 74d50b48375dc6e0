package io.github.ocigc.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ocigc.fixture.Item;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.fixture.ShownPage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page as a person has it before them, opened from its file. */
final class ReportInBrowserTest {
  private static final String HOSTILE = "</script><script>document.title='run'</script><b>x";

  @TempDir Path folder;
  private Program program;
  private Path file;
  private Item base;
  private ShownPage page;

  @BeforeEach
  void makePage() {
    LayoutFixture layout = new LayoutFixture(folder.resolve("store"));
    program = new Program(layout.root());
    base = layout.layer("base ".repeat(4000));
    for (int i = 0; i < 12; i++) {
      layout
          .image("registry.example/team/app:" + i)
          .layer(base)
          .layer(layout.layer(("layer " + i + " ").repeat(100 * (i + 1))))
          .tag();
    }
    layout
        .image("registry.example/other:1")
        .layer(base)
        .layer(layout.layer("o".repeat(9000)))
        .tag();
    layout.image(HOSTILE).layer(layout.layer("hostile ".repeat(500))).tag();
    layout.layer("leftover ".repeat(300));
    program.done("reconcile");
    program.done("delete", "registry.example/team/app:11");
    file = folder.resolve("space.html");
    program.done("report", file.toString());
    page = ShownPage.open(file.toUri().toString());
    ready();
  }

  private void ready() {
    page.await(d -> d.findElement(By.cssSelector("html[data-ready]")));
  }

  @AfterEach
  void closePage() {
    if (page != null) {
      page.close();
    }
  }

  private List<String> names() {
    return page
        .driver()
        .findElements(By.cssSelector("#references .tabulator-row [tabulator-field=name]"))
        .stream()
        .map(WebElement::getText)
        .toList();
  }

  private WebElement tile(String label) {
    return page.await(
        driver ->
            driver.findElements(By.cssSelector("#map g")).stream()
                .filter(g -> g.getDomAttribute("aria-label").startsWith(label))
                .findFirst()
                .orElse(null));
  }

  /** On its title: what is inside covers the rest. */
  private void open(String label) {
    WebElement tile = tile(label);
    Rectangle place = tile.getRect();
    new Actions(page.driver())
        .moveToElement(tile, 8 - place.getWidth() / 2, 8 - place.getHeight() / 2)
        .click()
        .perform();
  }

  private String details() {
    return page.driver().findElement(By.id("details")).getText();
  }

  @Test
  void showsTheNumbersOfDu() {
    JsonNode du = program.done("du");
    WebDriver driver = page.driver();
    for (String[] number :
        new String[][] {
          {"sum-blobs", "bytes"},
          {"sum-unique", "unique_bytes"},
          {"sum-shared", "shared_bytes"},
          {"sum-orphan", "orphan_bytes"}
        }) {
      assertThat(driver.findElement(By.id(number[0])).getDomAttribute("data-bytes"))
          .as(number[0])
          .isEqualTo(du.path(number[1]).asText());
    }
    List<String> byGain =
        du.path("references").valueStream().map(line -> line.path("reference").asText()).toList();
    assertThat(names()).isEqualTo(byGain);
    page.picture("report");
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void sortsAndSearches() {
    WebDriver driver = page.driver();
    driver.findElement(By.cssSelector("[tabulator-field=name].tabulator-col")).click();
    page.await(d -> names().get(1).equals("registry.example/other:1"));
    assertThat(names().subList(1, names().size())).isSorted();
    WebElement search = driver.findElement(By.id("search"));
    search.sendKeys("TEAM/app:1");
    page.await(d -> names().size() == 2);
    assertThat(names())
        .containsExactly("registry.example/team/app:1", "registry.example/team/app:10");
    search.sendKeys("nothing like it");
    page.await(d -> names().isEmpty());
    assertThat(driver.findElement(By.id("references")).getText()).contains("No reference matches");
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void aClickOnALayerTellsWhoHoldsIt() {
    open("shared by repositories");
    open(base.digest().substring(0, 19));
    page.await(d -> details().contains("Held by 12 images"));
    assertThat(details()).contains(base.digest(), "ocigc-ledger why", "registry.example/other:1");
    page.picture("report-layer");
    page.driver().findElement(By.cssSelector("#details li button")).click();
    page.await(d -> names().size() == 1);
    page.driver().findElement(By.cssSelector("#path button")).click();
    WebElement repository = tile("registry.example/team/app");
    repository.sendKeys(Keys.ENTER); // no mouse needed
    page.await(
        d ->
            d.findElement(By.cssSelector("#path span"))
                .getText()
                .startsWith("registry.example/team/app"));
    open("registry.example/team/app:7");
    page.await(d -> details().contains("its own"));
    assertThat(page.complaints()).isEmpty();
  }

  @Test
  void whatTheStoreSaysIsTextEverywhere() {
    WebDriver driver = page.driver();
    assertThat(driver.getTitle()).startsWith("Where the space goes");
    assertThat(names()).contains(HOSTILE);
    open(HOSTILE);
    open(HOSTILE);
    page.await(d -> details().contains(HOSTILE));
    assertThat(driver.findElement(By.id("free")).getText()).contains(HOSTILE);
    assertThat(driver.findElements(By.cssSelector("main b")))
        .noneMatch(b -> b.getText().equals("x"));
    assertThat(driver.getTitle()).startsWith("Where the space goes");
    Object smuggled =
        ((JavascriptExecutor) driver)
            .executeScript(
                "const s = document.createElement('script'); s.textContent = 'window.smuggled = 1';"
                    + " document.body.append(s); return window.smuggled;");
    assertThat(smuggled).isNull(); // by the policy, were there ever a hole
  }

  @Test
  void fitsAPhoneInTheDark() {
    WebDriver driver = page.driver();
    driver.manage().window().setSize(new Dimension(500, 900));
    ((org.openqa.selenium.chromium.ChromiumDriver) driver)
        .executeCdpCommand(
            "Emulation.setEmulatedMedia",
            java.util.Map.of(
                "features",
                List.of(java.util.Map.of("name", "prefers-color-scheme", "value", "dark"))));
    page.show(file.toUri().toString());
    ready();
    Object wide =
        ((JavascriptExecutor) driver)
            .executeScript("return document.documentElement.scrollWidth - innerWidth");
    assertThat(((Number) wide).intValue()).isLessThanOrEqualTo(0);
    assertThat(driver.findElement(By.tagName("body")).getCssValue("background-color"))
        .contains("20, 24, 30");
    page.picture("report-phone-dark");
    assertThat(page.complaints()).isEmpty();
  }
}
