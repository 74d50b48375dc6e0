package io.github.ocigc.ledger;

import java.util.List;

/** The tables of a ledger, read as a whole and without SQL, and what its catalogue lists. */
interface Tables {
  /**
   * The rows of a table, and of each these columns.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  TableScan scan(String table, String... columns);

  /** True if all of these tables and views are there, by the names that the database keeps. */
  boolean hasTables(List<String> names);

  int indexes();

  int constraints();

  /** How many rights were granted to those who do not own the database. */
  int rights();
}
