package io.github.ocigc.engine;

import io.github.ocigc.ledger.Content;
import io.github.ocigc.ledger.LedgerFile;
import io.github.ocigc.ledger.LedgerOpening;
import io.github.ocigc.ledger.LedgerView;
import io.github.ocigc.oci.OcigcException;
import io.github.ocigc.oci.Root;
import io.github.ocigc.store.Store;
import io.github.ocigc.store.StoreLock;
import io.github.ocigc.store.StorePaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What may follow where a person has typed the beginning of a reference or digest and asks the
 * shell to go on. Nothing is built, caught up or waited for.
 *
 * <p>References are read from the store's roots, which every command compares its ledger with
 * before it looks a name up there: so they are right even while another process holds the store, or
 * where there is no ledger yet. Digests are the ledger's, which answers a million of them as fast
 * as one; while another process has it, only those of the roots are known.
 */
public final class Completions {
  private static final int MOST_DIGESTS = 200;

  private final Store store;

  /**
   * For the store in a folder.
   *
   * @throws OcigcException.Unusable if the folder holds no store
   */
  public Completions(Path folder) {
    store = Store.open(folder, Store.DEFAULT_MANIFEST_LIMIT_BYTES);
  }

  /**
   * Names, and digests of what has none, that begin so; of all roots, once a digest is begun. If
   * there are none: the short forms that begin so and mean one name each. If there are none of
   * these either: names that have it inside.
   */
  public List<String> references(String beginning) {
    return ofRoots(beginning, beginning.startsWith("sha"));
  }

  private List<String> ofRoots(String beginning, boolean digestsToo) {
    TreeSet<String> names = new TreeSet<>();
    TreeSet<String> digests = new TreeSet<>();
    for (Root root : store.readRoots().roots()) {
      if (root.key().tagged()) {
        names.add(root.name());
      }
      if (digestsToo || !root.key().tagged()) {
        digests.add(root.digest().toString());
      }
    }
    List<String> found = such(names, name -> name.startsWith(beginning));
    found.addAll(such(digests, digest -> digest.startsWith(beginning)));
    if (found.isEmpty()) {
      found = such(shortForms(names), name -> name.startsWith(beginning));
    }
    return found.isEmpty() ? such(names, name -> name.contains(beginning)) : found;
  }

  /** The endings of these names that {@link References} would take for one of them. */
  private static Collection<String> shortForms(Collection<String> names) {
    Map<String, Integer> meanings = new TreeMap<>();
    for (String name : names) {
      meanings.merge(name, 1, Integer::sum);
      for (int at = name.indexOf('/'); at >= 0; at = name.indexOf('/', at + 1)) {
        meanings.merge(name.substring(at + 1), 1, Integer::sum);
      }
    }
    meanings.values().removeIf(count -> count > 1);
    return meanings.keySet();
  }

  /**
   * Digests that begin so, of any content, and names. Of very many digests some are answered, and
   * these differ where all of them do, so that nobody takes them for all.
   */
  public List<String> contents(String beginning) {
    TreeSet<String> found = new TreeSet<>(ofRoots(beginning, true));
    for (String algorithm : List.of("sha256:", "sha512:")) {
      if (beginning.startsWith(algorithm)) {
        found.addAll(known(beginning));
      } else if (algorithm.startsWith(beginning)) {
        found.addAll(known(algorithm));
      }
    }
    return List.copyOf(found);
  }

  private List<String> known(String beginning) {
    StorePaths paths = store.paths();
    LedgerFile file = new LedgerFile(paths.ledger());
    if (!Files.exists(file.path())) {
      return List.of();
    }
    if (!Files.isWritable(paths.lock())) {
      return known(file, beginning); // so it is read everywhere in a store that cannot be written
    }
    try (StoreLock held = StoreLock.take(paths, "shell completion", Duration.ZERO, holder -> {})) {
      return known(file, beginning);
    } catch (OcigcException.Locked inUse) {
      return List.of(); // nobody waits for a list of words
    }
  }

  private static List<String> known(LedgerFile file, String beginning) {
    if (!(file.openReadOnly() instanceof LedgerOpening.Opened opened)) {
      return List.of();
    }
    try (var ledger = opened.ledger()) {
      LedgerView view = ledger.view();
      List<Content> found = view.contentsLike(beginning, MOST_DIGESTS + 1);
      if (found.size() > MOST_DIGESTS) {
        found = new ArrayList<>();
        for (int digit = 0; digit < 16; digit++) {
          String longer = beginning + Integer.toHexString(digit);
          found.addAll(view.contentsLike(longer, MOST_DIGESTS / 16));
        }
      }
      return found.stream().map(content -> content.digest().toString()).toList();
    }
  }

  private static List<String> such(Collection<String> all, Predicate<String> wanted) {
    return new ArrayList<>(all.stream().filter(wanted).toList());
  }
}
