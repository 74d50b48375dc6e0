package io.github.ocigc.engine;

import io.github.ocigc.store.Steps;
import io.github.ocigc.store.Store;
import java.time.Duration;

/**
 * How a store is opened.
 *
 * @param lockWait how long to wait for another process that has the store
 * @param manifestLimitBytes longer JSON is not read as a manifest
 * @param steps told of each durable step
 */
public record Options(Duration lockWait, long manifestLimitBytes, Notices notices, Steps steps) {
  public static final Options DEFAULT =
      new Options(
          Duration.ofSeconds(30), Store.DEFAULT_MANIFEST_LIMIT_BYTES, Notices.NONE, Steps.NONE);

  public Options withNotices(Notices told) {
    return new Options(lockWait, manifestLimitBytes, told, steps);
  }

  public Options withSteps(Steps told) {
    return new Options(lockWait, manifestLimitBytes, notices, told);
  }
}
