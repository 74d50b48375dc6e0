package io.github.ocigc.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Puts the page together: markup, style, libraries, script and data. */
public final class ReportPage {
  /** How every page begins; what does not is no report of ours. */
  public static final String BEGINNING = "<!doctype html>\n<!-- ocigc-ledger report -->\n";

  /** In the order in which they run. Each with its licence in a comment. */
  private static final List<String> SCRIPTS =
      List.of(licensed("d3"), licensed("chart"), licensed("tabulator"), resource("page.js"));

  private static final List<String> STYLES =
      List.of(resource("lib/tabulator.css"), resource("page.css"));

  private ReportPage() {}

  /**
   * The page as text, to be written as UTF-8.
   *
   * @param data JSON in ASCII; see {@code page.js} for what it has to have
   */
  public static String of(String data) {
    String policy =
        "default-src 'none'; script-src %s; style-src %s; img-src data:; base-uri 'none'; form-action 'none'"
            .formatted(hashes(SCRIPTS), hashes(STYLES));
    StringBuilder head = new StringBuilder();
    head.append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .append(policy)
        .append("\">\n");
    STYLES.forEach(style -> head.append("<style>").append(style).append("</style>\n"));
    StringBuilder body = new StringBuilder();
    body.append("<script type=\"application/json\" id=\"data\">")
        .append(data.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
        .append("</script>\n");
    SCRIPTS.forEach(script -> body.append("<script>").append(script).append("</script>\n"));
    String markup = resource("page.html");
    return BEGINNING
        + markup
            .replace("<!-- head -->", head.toString())
            .replace("<!-- body -->", body.toString());
  }

  private static String licensed(String library) {
    return "/*\n"
        + resource("lib/" + library + ".LICENSE")
        + "\n*/\n"
        + resource("lib/" + library + ".js");
  }

  private static String hashes(List<String> texts) {
    return texts.stream().map(ReportPage::hash).collect(Collectors.joining(" "));
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program was built without " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
