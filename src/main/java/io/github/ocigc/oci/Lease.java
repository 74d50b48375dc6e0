package io.github.ocigc.oci;

import java.util.List;

/**
 * What a transfer that is under way holds: a reason, for as long as its process lives, to keep each
 * of these, whether it is here yet or not.
 *
 * @param id names the transfer's folder
 * @param owner the process and what it does, for people
 * @param digests each once
 */
public record Lease(String id, String owner, List<Digest> digests) {
  public Lease {
    digests = digests.stream().distinct().toList();
  }
}
