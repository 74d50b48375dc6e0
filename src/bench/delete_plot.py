#!/usr/bin/env python3
"""delete_plot.py RESULTS.json FILE.svg: the time of one delete against the size of the store."""
import json
import statistics
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402

import tables  # noqa: E402

INK = "#808080"  # readable on light and on dark
LINES = [(tables.DELETE, "ocigc-ledger delete", "#1f9e89", "o"),
         (tables.UMOCI_DELETE, "umoci rm + umoci gc", "#e07b39", "s"),
         (tables.SKOPEO_DELETE, "skopeo delete oci:", "#8a7fd6", "^")]

results_file, svg_file = sys.argv[1:]
with open(results_file) as file:
    results = [result for result in json.load(file)["results"] if result["part"] == "delete"]

plt.rcParams.update({
    "svg.hashsalt": "ocigc-ledger", "svg.fonttype": "none", "font.family": "sans-serif",
    "text.color": INK, "axes.labelcolor": INK, "axes.edgecolor": INK, "xtick.color": INK,
    "ytick.color": INK, "grid.color": INK, "grid.alpha": 0.3, "font.size": 11})
figure, axes = plt.subplots(figsize=(7, 4.3))
for way, label, colour, marker in LINES:
    for cache, style in ("warm", "-"), ("cold", "--"):
        points = sorted((result["blobs"], statistics.median(result["seconds"]))
                        for result in results if (result["way"], result["cache"]) == (way, cache))
        if points:
            axes.plot(*zip(*points), style, color=colour, marker=marker, linewidth=2,
                      label=label if cache == "warm" else f"{label}, cold")
axes.set(xscale="log", yscale="log", xlabel="blobs in the store",
         ylabel="seconds for one delete, whole process")
axes.xaxis.set_major_formatter("{x:,.0f}")
axes.yaxis.set_major_formatter("{x:g}")
axes.grid(True)
for side in "top", "right":
    axes.spines[side].set_visible(False)
axes.legend(frameon=False)
figure.tight_layout()
figure.savefig(svg_file, transparent=True, metadata={"Date": None})
