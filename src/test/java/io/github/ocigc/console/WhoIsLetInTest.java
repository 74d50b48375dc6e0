package io.github.ocigc.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ocigc.engine.Console;
import io.github.ocigc.engine.Options;
import io.github.ocigc.fixture.LayoutFixture;
import io.github.ocigc.fixture.Program;
import io.github.ocigc.oci.OcigcException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever has the token, from this machine, by a page of the console's own. Nobody else. */
class WhoIsLetInTest {
  @TempDir static Path root;
  private static Console.Report console;

  @BeforeAll
  static void startConsole() {
    new LayoutFixture(root).image("app").layers(2).tag();
    console = new Console(root, Options.DEFAULT).run(0);
  }

  @AfterAll
  static void stopConsole() {
    console.close();
  }

  private static void assertRefused(String response) {
    assertThat(Visitor.status(response)).isEqualTo(403);
    assertThat(response).contains("Refused", "the address that the terminal shows");
    assertThat(response).doesNotContain("Set-cookie", "HELD_BYTES", "<html");
  }

  @Test
  void theAddressLetsInAsOftenAsOneLikes() {
    for (int i = 0; i < 3; i++) {
      Visitor visitor = Visitor.inside(console.url());
      assertThat(visitor.page("")).contains(root.toString(), "read-only copy");
      assertThat(visitor.query("SELECT * FROM disk_usage")).contains("HELD_BYTES");
    }
  }

  @Test
  void theAddressThatTheBrowserIsToldLetsInOnce() {
    Visitor first = Visitor.inside(console.urlForOnce());
    assertRefused(Visitor.at(console.urlForOnce()).enter());
    assertThat(first.query("SELECT * FROM disk_usage")).contains("HELD_BYTES");
  }

  @Test
  void aTokenCannotBeGuessedAndIsWantedWhole() {
    String address = console.url().toString();
    assertThat(URI.create(address).getQuery()).matches("token=[A-Za-z0-9_-]{43}");
    assertThat(console.urlForOnce().toString()).isNotEqualTo(address);
    for (String other :
        List.of(
            address.substring(0, address.indexOf('?')),
            address.substring(0, address.indexOf('=') + 1),
            address.substring(0, address.length() - 1),
            address + "A",
            address.replaceFirst("token=.", "token=_-"),
            address.replace("token", "key"))) {
      Visitor stranger = Visitor.at(URI.create(other + (other.contains("?") ? "" : "?x=y")));
      assertRefused(stranger.enter());
    }
  }

  @Test
  void aPageIsShownForTheCookieAlone() {
    Visitor visitor = Visitor.inside(console.url());
    for (String name : List.of("", "query.jsp", "tables.do", "query.do?sql=SELECT+1", "tree.js")) {
      assertRefused(visitor.page(name, "Cookie: other=1"));
      assertRefused(visitor.page(name, "Cookie: ocigc="));
      assertRefused(visitor.page(name, "Cookie: " + visitor.cookie() + "A"));
      assertThat(Visitor.status(visitor.page(name))).isEqualTo(200);
    }
    String token = console.url().getQuery();
    assertRefused(visitor.page("tables.do?" + token, "Cookie: other=1"));
  }

  @Test
  void theCookieIsWorthNothingElsewhereAndCannotBeRead() {
    Visitor visitor = Visitor.inside(console.url());
    assertThat(visitor.path()).matches("/[A-Za-z0-9_-]{22}/");
    assertThat(Visitor.at(console.url()).enter())
        .containsIgnoringCase("Path=" + visitor.path() + "; HttpOnly; SameSite=Strict");
    assertRefused(visitor.say("GET", "/query.do?sql=SELECT+1"));
    assertRefused(visitor.say("GET", "/AAAAAAAAAAAAAAAAAAAAAA/query.do?sql=SELECT+1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:PORT",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost",
        "127.0.0.1.evil.example:PORT",
        "127.0.0.2:PORT",
        "0.0.0.0:PORT",
        "user@127.0.0.1:PORT",
        ""
      })
  void aForeignHostIsRefusedWhateverElseIsRight(String host) {
    Visitor visitor = Visitor.inside(console.url());
    String header = "Host: " + host.replace("PORT", String.valueOf(visitor.port()));
    assertRefused(visitor.page("", header));
    assertRefused(visitor.page("query.do?sql=SELECT+1", header));
    assertRefused(visitor.say("GET", "/?" + console.url().getQuery(), header));
  }

  @Test
  void thisMachineHasThreeNames() {
    Visitor visitor = Visitor.inside(console.url());
    for (String name : List.of("127.0.0.1", "localhost", "LocalHost", "[::1]")) {
      String header = "Host: " + name + ":" + visitor.port();
      assertThat(Visitor.status(visitor.page("", header))).isEqualTo(200);
    }
    String two = "Host: localhost:" + visitor.port() + "\r\nHost: evil.example";
    assertRefused(visitor.page("", two));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: https://127.0.0.1:PORT",
        "Origin: http://127.0.0.1:1",
        "Origin: http://localhost:PORT",
        "Origin: http://127.0.0.1:PORT\r\nOrigin: http://evil.example",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site"
      })
  void aForeignOriginIsRefusedWhateverElseIsRight(String header) {
    Visitor visitor = Visitor.inside(console.url());
    String sent = header.replace("PORT", String.valueOf(visitor.port()));
    assertRefused(visitor.post("query.do", "sql=SELECT+1", sent));
    assertRefused(visitor.page("query.do?sql=SELECT+1", sent));
  }

  @Test
  void ourOwnPagesAreNoStrangers() {
    Visitor visitor = Visitor.inside(console.url());
    String origin = "Origin: http://127.0.0.1:" + visitor.port();
    String near = "Sec-Fetch-Site: same-origin";
    assertThat(visitor.post("query.do", "sql=SELECT+7+AS+seven", origin, near)).contains("SEVEN");
    assertThat(visitor.page("query.jsp", "Sec-Fetch-Site: none")).contains("h2query");
  }

  @Test
  void aLinkOnAnotherPageMayLeadToTheEntrance() {
    Visitor guest = Visitor.at(console.url());
    String answer = guest.say("GET", "/?" + console.url().getQuery(), "Sec-Fetch-Site: cross-site");
    assertThat(Visitor.status(answer)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "login.do?driver=org.h2.Driver&url=jdbc:h2:mem:x&user=sa&password=",
        "test.do?driver=org.h2.Driver&url=jdbc:h2:mem:x&user=sa&password=",
        "login.jsp",
        "index.do",
        "index.jsp",
        "frame.jsp",
        "header.jsp",
        "help.jsp",
        "tools.do?tool=Script&args=-url,jdbc:h2:mem:x",
        "tools.jsp",
        "admin.do",
        "admin.jsp",
        "adminLogin.do?password=x",
        "adminSave.do?port=1&allowOthers=true&ssl=false&webExternalNames=",
        "adminShutdown.do",
        "adminStartTranslate.do",
        "settingSave.do?name=x",
        "settingRemove.do?name=x",
        "editResult.do?row=1&op=2",
        "logout.do",
        "error.jsp",
        "QUERY.DO?sql=SELECT+1",
        "query.do/?sql=SELECT+1",
        "./query.do?sql=SELECT+1",
        "x/../login.do",
        "%2e%2e/login.do",
        "login.do%3f.gif",
        "_text_en.prop",
        "../WebServer.class",
        "query.do",
        "getHistory.do"
      })
  void whatReadingDoesNotNeedIsNotReached(String name) {
    Visitor visitor = Visitor.inside(console.url());
    String answer = visitor.page(name);
    assertThat(Visitor.status(answer)).isIn(403, 404);
    assertThat(answer).doesNotContain("<html", "jdbc:");
    assertThat(Visitor.status(visitor.post(name.replaceFirst("\\?.*", ""), "a=b"))).isIn(403, 404);
    assertThat(visitor.query("SELECT * FROM disk_usage")).contains("HELD_BYTES");
  }

  @Test
  void anotherSessionOfTheDatabasesConsoleCannotBeAskedFor() {
    Visitor visitor = Visitor.inside(console.url());
    assertThat(visitor.page("tables.do?jsessionid=0123456789&key=x")).contains("CONTENT");
    assertThat(visitor.page("query.jsp?jsessionid=0123456789")).contains("disk_usage");
  }

  @Test
  void otherMethodsAndLongOnesAreNotUnderstood() {
    Visitor visitor = Visitor.inside(console.url());
    for (String method : List.of("PUT", "DELETE", "OPTIONS", "TRACE", "CONNECTED")) {
      assertThat(Visitor.status(visitor.say(method, visitor.path()))).isEqualTo(405);
    }
    assertThat(Visitor.status(visitor.page("query.do?sql=%zz"))).isEqualTo(400);
    assertThat(Visitor.status(visitor.page("getHistory.do?id=999"))).isEqualTo(500);
    assertThat(Visitor.status(visitor.page("getHistory.do?id=x"))).isEqualTo(500);
    assertThat(visitor.query("SELECT 1 -- " + "x".repeat(500_000))).contains("1 row");
  }

  @Test
  void pagesAreFencedIn() {
    Visitor visitor = Visitor.inside(console.url());
    for (String name : List.of("", "tables.do", "query.jsp", "query.do?sql=SELECT+1", "tree.js")) {
      assertThat(visitor.page(name))
          .containsIgnoringCase("Content-Security-Policy: default-src 'none'")
          .containsIgnoringCase("Referrer-Policy: same-origin")
          .containsIgnoringCase("X-Content-Type-Options: nosniff")
          .containsIgnoringCase("X-Frame-Options: ")
          .doesNotContainIgnoringCase("Access-Control-Allow");
    }
  }

  @Test
  void nothingListensBeyondThisMachine() throws IOException {
    int port = console.url().getPort();
    List<InetAddress> addresses =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.getHostAddress().equals("127.0.0.1"))
            .toList();
    for (InetAddress address : addresses) {
      Assertions.assertThatThrownBy(() -> new Socket(address, port).close())
          .as(address.toString())
          .isInstanceOf(ConnectException.class);
    }
    assertThat(Visitor.at(console.url()).enter()).contains("200 OK");
  }

  @Test
  void twoConsolesDoNotKnowEachOther() {
    try (Console.Report other = new Console(root, Options.DEFAULT).run(0)) {
      assertThat(other.url().getPort()).isNotEqualTo(console.url().getPort());
      Visitor here = Visitor.inside(console.url());
      Visitor there = Visitor.inside(other.url());
      assertThat(here.query("SELECT * FROM disk_usage")).contains("HELD_BYTES");
      assertThat(there.query("SELECT * FROM disk_usage")).contains("HELD_BYTES");
      assertRefused(
          there.say("GET", there.path() + "query.do?sql=SELECT+1", "Cookie: " + here.cookie()));
      assertRefused(
          Visitor.at(
                  URI.create("http://127.0.0.1:" + there.port() + "/?" + console.url().getQuery()))
              .enter());
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Program.Run run =
          new Program(root)
              .text("console", "--no-browser", "--port", String.valueOf(taken.getLocalPort()));
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err()).contains("Port " + taken.getLocalPort(), "--port");
      assertThat(run.out()).isEmpty();
    }
    for (String wrong : List.of("-1", "65536", "x")) {
      Program.Run run = new Program(root).text("console", "--no-browser", "--port", wrong);
      assertThat(run.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void whereThereIsNoStoreThereIsNoConsole() {
    Path nowhere = root.resolve("nowhere");
    Assertions.assertThatThrownBy(() -> new Console(nowhere, Options.DEFAULT).run(0))
        .isInstanceOf(OcigcException.class);
    Program.Run run = new Program(nowhere).json("console", "--no-browser");
    assertThat(run.exitCode()).isEqualTo(new Program(nowhere).json("ls").exitCode());
    assertThat(run.error()).isEqualTo(new Program(nowhere).json("ls").error());
  }
}
