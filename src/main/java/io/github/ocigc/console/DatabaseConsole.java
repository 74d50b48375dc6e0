package io.github.ocigc.console;

import io.github.ocigc.ledger.LedgerCopy;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.h2.server.web.WebServer;

/**
 * The database's own web console, logged in by a connection, without a port: it is handed one
 * request at a time in memory, and no other request reaches it. Safe for several threads; it reads
 * and writes no file.
 *
 * <p>One at a time because it keeps what it is about to show in the session of who is logged in: of
 * two queries at once, one would be answered with a part of the other's page.
 */
final class DatabaseConsole {
  /** More rows than these are not shown, unless somebody asks for more by {@code @maxrows}. */
  private static final int ROWS = 1000;

  /** The console forgets who is logged in after half an hour; we log in again before. */
  private static final Duration IDLE = Duration.ofMinutes(15);

  /** Pages are quick; what waits longer than this waits for a query. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Pattern OF_AN_ERROR =
      Pattern.compile(" <a href=\"https://h2database\\.com/javadoc/[^\"]*\">\\([^<]*\\)</a>");
  private static final Pattern ELSEWHERE =
      Pattern.compile("<a [^>]*href=\"https?://[^\"]*\"[^>]*>([^<]*)</a>");

  private final WebServer server = new WebServer();
  private final LedgerCopy copy;
  private final String firstQuery;
  private final LongSupplier millis;
  private final ReentrantLock turn = new ReentrantLock();
  private String session = "";
  private long lastUse;

  /**
   * @param copy everybody who is let in here has the rights of its reader; the caller closes it
   * @param firstQuery has been asked when the console opens
   * @param millis the time of day, as the console measures it
   */
  DatabaseConsole(LedgerCopy copy, String firstQuery, LongSupplier millis) {
    this.copy = copy;
    this.firstQuery = firstQuery;
    this.millis = millis;
    server.init("-properties", "null"); // no settings out of somebody's home folder
  }

  /** One request, as the person's who is logged in. While a query runs, it says so instead. */
  Answer ask(String file, Map<String, String> parameters) {
    if (Permitted.isFile(file)) {
      return asked("", file, parameters);
    }
    if (!hasTurn()) {
      return Answer.html(503, FramePage.BUSY);
    }
    try {
      return asked(session(), file, parameters);
    } finally {
      turn.unlock();
    }
  }

  private boolean hasTurn() {
    try {
      return turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) { // the console ends
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Ends what is running. (The console's own {@code @cancel} forgets what is running when anything
   * else has been asked meanwhile.)
   */
  Answer stop() {
    copy.stop();
    return Answer.html(200, FramePage.STOPPED);
  }

  private String session() {
    long now = millis.getAsLong();
    if (session.isEmpty() || now - lastUse > IDLE.toMillis()) {
      session = logIn();
      asked(session, "query.do", Map.of("sql", "@maxrows " + ROWS));
      asked(session, "query.do", Map.of("sql", firstQuery));
      asked(session, "getHistory.do", Map.of("id", "0")); // puts it where the next is typed
    }
    lastUse = now;
    return session;
  }

  private String logIn() {
    try {
      String address = server.addSession(copy.connection());
      return address.substring(address.indexOf('=') + 1);
    } catch (SQLException e) {
      throw new IllegalStateException("the database's console takes no connection", e);
    }
  }

  private Answer asked(String as, String file, Map<String, String> parameters) {
    String body =
        parameters.entrySet().stream()
            .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    String request =
        String.join(
            "\r\n",
            "POST /" + file + "?jsessionid=" + as + " HTTP/1.1",
            "Host: localhost",
            "Content-Length: " + body.length(),
            "",
            body);
    MemorySocket socket = new MemorySocket(request.getBytes(StandardCharsets.US_ASCII));
    handler(socket, server).run();
    Answer answer = Answer.parse(socket.answer());
    return answer.isHtml() ? Answer.html(answer.status(), withoutLinks(answer.body())) : answer;
  }

  /** The console's class for one connection, which it makes in its own server only. */
  private static Runnable handler(Socket socket, WebServer server) {
    try {
      Constructor<?> constructor =
          Class.forName("org.h2.server.web.WebThread")
              .getDeclaredConstructor(Socket.class, WebServer.class);
      constructor.setAccessible(true);
      return (Runnable) constructor.newInstance(socket, server);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("the database's console cannot begin", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this version of the database has another console", e);
    }
  }

  /** What is asked for stands in the page as text, with its angle brackets escaped. */
  private static String withoutLinks(byte[] page) {
    String text = new String(page, StandardCharsets.UTF_8);
    return ELSEWHERE.matcher(OF_AN_ERROR.matcher(text).replaceAll("")).replaceAll("$1");
  }
}
