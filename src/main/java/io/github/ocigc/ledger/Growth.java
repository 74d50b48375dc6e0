package io.github.ocigc.ledger;

import io.github.ocigc.oci.Lease;
import io.github.ocigc.oci.Root;
import io.github.ocigc.oci.RootKey;
import java.util.List;
import java.util.Optional;

/**
 * What has changed on disk since the ledger last looked.
 *
 * @param arrivals everything that the added roots reach and the ledger does not hold already, and
 *     what it holds and finds changed
 * @param added roots that are new, or whose file was edited
 * @param gone roots that are no longer there
 * @param begun leases of transfers that the ledger does not know
 * @param ended leases whose transfers are over
 * @param strays what the blob folders have that is no blob by its name, as {@link
 *     LedgerView#strays} has it; empty if they were not listed
 * @param trusted false if the roots could not all be understood: then nothing is condemned
 */
public record Growth(
    List<Arrival> arrivals,
    List<Root> added,
    List<RootKey> gone,
    List<Lease> begun,
    List<String> ended,
    Optional<List<String>> strays,
    boolean trusted) {
  public Growth {
    arrivals = List.copyOf(arrivals);
    added = List.copyOf(added);
    gone = List.copyOf(gone);
    begun = List.copyOf(begun);
    ended = List.copyOf(ended);
  }
}
