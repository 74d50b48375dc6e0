package io.github.ocigc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A loaded ledger has the indexes and constraints of a migrated one. */
class LoadIndexesTest {
  private static final String INDEXES =
      """
      SELECT i.table_name, i.index_type_name, c.ordinal_position, c.column_name, c.is_unique,
        COUNT(*) AS times
      FROM INFORMATION_SCHEMA.INDEXES AS i
      JOIN INFORMATION_SCHEMA.INDEX_COLUMNS AS c
        ON c.index_name = i.index_name AND c.table_name = i.table_name
      WHERE i.table_schema = 'PUBLIC'
      GROUP BY i.table_name, i.index_type_name, c.ordinal_position, c.column_name, c.is_unique
      ORDER BY 1, 4, 3, 2, 5
      """;
  private static final String CONSTRAINTS =
      """
      SELECT table_name, constraint_name, constraint_type
      FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS
      WHERE table_schema = 'PUBLIC' AND table_name <> 'flyway_schema_history'
      ORDER BY 1, 2
      """;

  @Test
  void nothingIsMissingAfterALoad() {
    try (Ledger migrated = LedgerFile.inMemory();
        Ledger loaded = LedgerFile.inMemory()) {
      StoreState state = new StoreState("oci-layout", "/store", "1:2", "", "", 1, true);
      loaded.load().load(new Census().count(), CensusLoad.Memory.NONE, state);

      assertThat(rows(loaded, INDEXES)).isEqualTo(rows(migrated, INDEXES)).isNotEmpty();
      assertThat(rows(loaded, CONSTRAINTS)).isEqualTo(rows(migrated, CONSTRAINTS)).isNotEmpty();
    }
  }

  private static List<String> rows(Ledger ledger, String query) {
    return ledger.view().select(query).rows().stream().map(Object::toString).toList();
  }
}
