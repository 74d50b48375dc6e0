package io.github.ocigc.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Puts an {@code index.json} together from pieces of the old one: what stays together keeps what
 * stands between, and no byte of it is copied.
 */
final class IndexRewrite {
  private final IndexJson index;
  private final Predicate<IndexJson.Entry> drops;
  private final ByteBuffer separator;
  private final List<ByteBuffer> pieces = new ArrayList<>();

  /** Of the entries that stay together; negative while none does. */
  private int start = -1;

  private int end;
  private boolean any;

  IndexRewrite(IndexJson index, Predicate<IndexJson.Entry> drops) {
    this.index = index;
    this.drops = drops;
    List<IndexJson.Entry> entries = index.entries();
    this.separator =
        entries.size() > 1 ? old(entries.get(0).to(), entries.get(1).from()) : text(",");
  }

  /** The file without what is dropped, and with these entries at its end. */
  List<ByteBuffer> with(List<String> added) {
    List<IndexJson.Entry> entries = index.entries();
    pieces.add(old(0, index.from()));
    pieces.add(text(index.lead()));
    if (entries.isEmpty()) {
      pieces.add(text("["));
      added.forEach(entry -> add(text(entry)));
      pieces.add(text("]"));
    } else {
      pieces.add(old(index.from(), entries.get(0).from()));
      entries.forEach(this::pass);
      endRun();
      added.forEach(entry -> add(text(entry)));
      pieces.add(old(entries.get(entries.size() - 1).to(), index.to()));
    }
    pieces.add(old(index.to(), index.bytes().length));
    return pieces;
  }

  private void pass(IndexJson.Entry entry) {
    if (drops.test(entry)) {
      endRun();
    } else {
      start = start < 0 ? entry.from() : start;
      end = entry.to();
    }
  }

  private void endRun() {
    if (start >= 0) {
      add(old(start, end));
      start = -1;
    }
  }

  private void add(ByteBuffer entries) {
    if (any) {
      pieces.add(separator.duplicate());
    }
    pieces.add(entries);
    any = true;
  }

  private ByteBuffer old(int from, int to) {
    return ByteBuffer.wrap(index.bytes(), from, to - from);
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
