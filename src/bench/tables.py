"""The benchmark's results as tables: for a terminal, and as RESULTS.md."""
import statistics

HELLO, HELLO_AS_OURS = "java Hello", "java Hello, with the launcher's flags and jars"
DATABASE = "java that opens an empty database, with the same flags and jars"
LS, LS_AFTER = "ls", "ls, after a copy from outside"
DELETE, DELETE_AFTER = "delete", "delete, after a copy from outside"
UMOCI_DELETE, SKOPEO_DELETE = "umoci rm + umoci gc", "skopeo delete oci:"
FIRST, SECOND = "reconcile, no ledger yet", "reconcile, nothing wrong"
CHECK_BYTES, SHA256SUM = "reconcile --check-bytes", "sha256sum on all cores"
UMOCI_GC = "umoci gc, nothing to free"

RATIOS = [
    ("start", LS, HELLO), ("start", LS, HELLO_AS_OURS), ("start", DELETE, HELLO_AS_OURS),
    ("start", DATABASE, HELLO_AS_OURS),
    ("delete", UMOCI_DELETE, DELETE), ("delete", SKOPEO_DELETE, DELETE),
    ("reconcile", FIRST, UMOCI_GC), ("reconcile", SECOND, UMOCI_GC),
    ("reconcile", CHECK_BYTES, SHA256SUM), ("hash", CHECK_BYTES, SHA256SUM),
    ("catch-up", LS_AFTER, LS), ("catch-up", DELETE_AFTER, DELETE)]
SHORT = ["start", "scale"]
STARTS = 5  # rounds of these for each round of the rest: they are short, and differ most
LAYERED_IMAGES, LAYER_BYTES = 200, 2_000_000  # of "hash"
VERBS = ["du", "ls", "why"]
JMH_TOLD = """Written by `mvn -q -Pbench verify`. MEMORY is a store on tmpfs, where an fsync costs nothing. AskLedger
opens the ledger anew for each question, untimed; DeleteImage times twenty-five deletes together.

"""


def on_tiny(verb):
    return f"{verb}, on a store of one image"


def on_smallest(verb):
    return f"{verb}, on the smallest store"


def text(report):
    """Tables in columns."""
    return "\n\n".join(title + "\n" + aligned(rows) for title, rows in all_tables(report))


def aligned(rows):
    widths = [max(map(len, column)) for column in zip(*rows)]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0])]
                  + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])])
        for row in rows)


def markdown(report, jmh):
    parts = ["# What was measured", facts(report)]
    if any(result["part"] == "delete" for result in report["results"]):
        parts.append("![Time of one delete against the size of the store](delete.svg)")
    for title, rows in all_tables(report):
        parts.append(f"## {title}\n\n{piped(rows)}")
    if jmh:
        parts.append("## Inside a warm process (JMH)\n\n" + JMH_TOLD + piped(jmh_rows(jmh)))
    missing = "\n".join(f"- {line}" for line in report["missing"]) or "Nothing was left out."
    parts.append("## What was not measured\n\n" + missing)
    return "\n\n".join(parts) + "\n"


def facts(report):
    lines = {"Date": report["date"],
             **{key.capitalize(): value for key, value in report["machine"].items()},
             **report["versions"]}
    return f"""Written by `src/bench/whole --write`.

{piped([["machine", ""], *([key, value] for key, value in lines.items())])}

Each figure is a whole process, started by the launcher as a person would, and the median of
{report["rounds"]} rounds, of starts and scale {report["rounds"] * STARTS}. In a round each way runs once, the next round begins with another. The disk is
synced before each run. "Warm" is a page cache that holds the whole store; "cold" is one that was
dropped before each run. An image is a manifest, a config and 10 layers of 200 bytes: 12 blobs, of
which it shares 5 layers with others; in "hash", {LAYERED_IMAGES} images with layers of {LAYER_BYTES // 1_000_000} MB. After a delete by another tool our ledger catches up, untimed."""


def piped(rows):
    head, *body = rows
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, rule, *body])


def all_tables(report):
    """(title, rows) each, the first row being the head: ratios first."""
    results = report["results"]
    for kind, of in ("Ratios of medians", ratio_rows), ("Queries", query_rows), ("Times", time_rows):
        for cache in "warm", "cold":
            some = [result for result in results if result["cache"] == cache]
            sizes = sorted({result["size"] for result in some})
            rows = list(of(Medians(some), sizes)) if some else []
            if rows:
                unit = {ratio_rows: "", query_rows: "milliseconds, without the start; ",
                        time_rows: "seconds, median (least to most); "}[of]
                head = ["", *(f"{size:,} blobs" for size in sizes)]
                yield f"{kind} ({unit}{cache} page cache)", [head, *rows]


class Medians:
    def __init__(self, results):
        self.seconds = {(r["part"], r["way"], r["size"]): r["seconds"] for r in results}

    def ways(self):
        return dict.fromkeys((part, way) for part, way, _ in self.seconds)

    def of(self, *key):
        return statistics.median(self.seconds[key]) if key in self.seconds else None

    def more(self, part, way, than, size):
        """By how much one way takes longer than another."""
        if (part, way, size) in self.seconds:
            return self.of(part, way, size) - self.of(part, than, size)
        return None


def ratio_rows(medians, sizes):
    for part, above, below in RATIOS:
        name = f"{above} / {below}" + (", layers of a usual size" if part == "hash" else "")
        yield from row(name, sizes, lambda size: ratio(
            medians.of(part, above, size), medians.of(part, below, size)))
    yield from row(f"({CHECK_BYTES} - {SECOND}) / {SHA256SUM}", sizes, lambda size: ratio(
        medians.more("reconcile", CHECK_BYTES, SECOND, size),
        medians.of("reconcile", SHA256SUM, size)))
    yield from row(f"{DELETE} / the same on the smallest store", sizes, lambda size: ratio(
        medians.of("scale", DELETE, size), medians.of("scale", on_smallest(DELETE), size)))
    for way in UMOCI_DELETE, SKOPEO_DELETE:
        yield from row(f"{way} / the same on the smallest store", sizes, lambda size: ratio(
            medians.of("delete", way, size), medians.of("delete", way, sizes[0])))


def query_rows(medians, sizes):
    def milliseconds(verb, size):
        whole, tiny = (medians.of("query", way, size) for way in (verb, on_tiny(verb)))
        return None if whole is None else f"{(whole - tiny) * 1000:.0f}"

    for verb in VERBS:
        yield from row(f"{verb}, less the same on a store of one image", sizes,
                       lambda size: milliseconds(verb, size))


def time_rows(medians, sizes):
    def spread(part, way, size):
        seconds = medians.seconds.get((part, way, size))
        return seconds and (f"{statistics.median(seconds):.3f}"
                            f" ({min(seconds):.3f} to {max(seconds):.3f})")

    for part, way in medians.ways():
        yield from row(f"{part}: {way}", sizes, lambda size: spread(part, way, size))


def row(name, sizes, cell):
    """One row, or none if it would be empty."""
    cells = [cell(size) for size in sizes]
    if any(cells):
        yield [name, *(each or "" for each in cells)]


def ratio(above, below):
    return f"{above / below:.2f}" if above and below else None


def jmh_rows(jmh):
    yield ["", "median", "mean", "error of the mean (99.9 %)", "unit"]
    for result in jmh:
        name = ".".join(result["benchmark"].split(".")[-2:])
        with_values = " ".join(f"{key}={value}" for key, value in result.get("params", {}).items())
        score = result["primaryMetric"]
        yield [f"{name} {with_values}".strip(), f"{score['scorePercentiles']['50.0']:.3f}",
               f"{score['score']:.3f}", f"{float(score['scoreError']):.3f}", score["scoreUnit"]]
