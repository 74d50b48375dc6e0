package io.github.ocigc.ledger;

import java.util.List;

/** The tables of a ledger, read as a whole and without SQL, and what its catalogue lists. */
interface Tables {
  /** The rows of a table that is there, and of each these columns; all names in lower case. */
  TableScan scan(String table, String... columns);

  /** True if no row of that table is there, not even one that has yet to be committed. */
  boolean isEmpty(String table);

  /** True if all of these tables and views are there, by the names that the database keeps. */
  boolean hasTables(List<String> names);

  int indexes();

  int constraints();

  /** How many rights were granted to those who do not own the database. */
  int rights();
}
