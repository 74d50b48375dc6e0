package io.github.ocigc.cli;

import io.github.ocigc.engine.Console;
import io.github.ocigc.engine.Options;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;

/** A console that is looked at once, as a browser would. */
final class RehearsalConsole {
  private final Path store;
  private final HttpClient browser =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  RehearsalConsole(Path store) {
    this.store = store;
  }

  void visit() throws IOException {
    try (Console.Report console = new Console(store, Options.DEFAULT).run(0)) {
      String entrance = get(console.url());
      String path = entrance.replaceFirst("(?s).*;url=(/[^\"]*/)\".*", "$1");
      for (String page :
          List.of("", "tables.do", "query.jsp", "query.do?sql=SELECT+1", "tree.js")) {
        get(console.url().resolve(path + page));
      }
    }
  }

  private String get(URI address) throws IOException {
    try {
      HttpRequest request = HttpRequest.newBuilder(address).build();
      return browser.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }
}
