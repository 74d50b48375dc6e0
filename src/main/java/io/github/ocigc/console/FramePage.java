package io.github.ocigc.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The pages of ours: the way in, and the frame around those of the database. */
final class FramePage {
  /** Is asked when the console opens. */
  static final String FIRST_QUERY = "SELECT * FROM disk_usage";

  private static final Map<String, String> QUERIES = new LinkedHashMap<>();

  static {
    QUERIES.put("the store", FIRST_QUERY);
    QUERIES.put(
        "images",
        "SELECT name, digest, total_bytes, unique_bytes, shared_bytes FROM image_usage"
            + " ORDER BY unique_bytes DESC");
    QUERIES.put(
        "most shared",
        "SELECT digest, ref_count, size_bytes FROM content ORDER BY ref_count DESC LIMIT 100");
    QUERIES.put("leftovers", "SELECT digest, size_bytes FROM orphan ORDER BY size_bytes DESC");
    QUERIES.put("history", "SELECT * FROM event ORDER BY id DESC");
  }

  private static final String ENTRANCE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="refresh" content="0;url={path}">
      <title>ocigc-ledger console</title>
      <link rel="icon" href="{path}favicon.ico">
      </head>
      <body><p><a href="{path}">To the console</a></p></body>
      </html>
      """;

  private static final String FRAME =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>{store} as of {time}: ocigc-ledger, read-only</title>
      <link rel="icon" href="favicon.ico">
      <style>
      html, body { height: 100%; margin: 0; }
      body {
        display: grid; grid-template: auto 11rem 1fr / minmax(12rem, 1fr) 4fr; gap: 3px;
        background: #aca899; font: 13px/1.5 Arial, sans-serif;
      }
      header { grid-column: 1 / 3; padding: 6px 10px; background: #ece9d8; }
      header p { margin: 0; overflow-wrap: anywhere; }
      nav a { margin-right: 1em; }
      nav a:nth-last-child(2) { margin-left: 2em; }
      iframe { width: 100%; height: 100%; border: 0; background: white; }
      iframe.tables { grid-row: 2 / 4; }
      </style>
      </head>
      <body>
      <header>
      <p><strong>{store}</strong> as of <strong>{time}</strong>. This is a read-only copy: what
      happens to the store from then on is not in it. Ctrl-C in the terminal ends it.</p>
      <nav>{links}</nav>
      </header>
      <iframe class="tables" name="h2menu" title="Tables" src="tables.do"></iframe>
      <iframe name="h2query" title="Query" src="query.jsp" scrolling="no"></iframe>
      <iframe name="h2result" title="Result" src="{first}"></iframe>
      </body>
      </html>
      """;

  private static final String WORD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><title>{title}</title></head>
      <body style="font: 13px/1.5 Arial, sans-serif"><p>{html}</p></body>
      </html>
      """;

  /** In the place of a result. */
  static final String STOPPED = word("Stopped", "Nothing is running any more.");

  /** In the place of any page, while something else takes its time. */
  static final String BUSY =
      word(
          "Busy",
          "What was asked before is still running. Ask again when it has ended, or"
              + " <a target=\"h2result\" href=\"stop\">stop it</a>.");

  private FramePage() {}

  /** Leads on to a path, and leaves the token behind. */
  static String entrance(String path) {
    return ENTRANCE.replace("{path}", escaped(path));
  }

  static String frame(String store, String time) {
    StringBuilder links = new StringBuilder();
    QUERIES.forEach((title, sql) -> links.append(link(title, address(sql))));
    links.append(link("what I asked before", address("@history.")));
    links.append(link("stop what is running", "stop"));
    // what comes from outside last, so that nothing is looked for in it
    return FRAME
        .replace("{links}", links)
        .replace("{first}", escaped(address(FIRST_QUERY)))
        .replace("{time}", escaped(time))
        .replace("{store}", escaped(store));
  }

  private static String word(String title, String html) {
    return WORD.replace("{title}", title).replace("{html}", html);
  }

  private static String link(String title, String address) {
    return "<a target=\"h2result\" href=\"%s\">%s</a>".formatted(escaped(address), title);
  }

  private static String address(String sql) {
    return "query.do?sql=" + URLEncoder.encode(sql, StandardCharsets.UTF_8);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
