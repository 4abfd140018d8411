#!/usr/bin/env python3
"""Fits the weights of confidence, and prints how reliable it is.

usage: confidence.py --scorer FOLDER ROWS.jsonl [--readings READINGS.tsv]

ROWS.jsonl is what `examples/measure_confidence.rs` prints for the sentences of CaRB dev and BenchIE
dev. FOLDER holds the scorer `openie.py`, which knows the two benchmarks. A row counts as right if
half of its words match a fact of CaRB, or if it matches a fact of BenchIE; where a benchmark has
no facts of a kind (appositions and titles in BenchIE) those rows are left out. The annotators of
CaRB leave out much that is right, embedded clauses above all: a term of its own takes that up and
is not a weight of confidence.

READINGS.tsv, facts read by hand: confidence, tab, 1, 0.5 or 0. Slope and level come from it.

Needs numpy. The data is not part of the project.
"""
import argparse
import json
import sys

import numpy

SIGNALS = ["doubt of predicate", "doubt of subject", "doubt of arguments", "subject excess",
           "argument excess", "negated", "modal", "embedded", "no argument"]
# These tell what annotators write down, not what is right.
WORTH = {"embedded", "no argument"}
WITHOUT_VERB = {"apposition", "title", "location", "age", "example", "existential"}
EDGES = [0, 0.3, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01]


def carb_label(scorer, gold, row):
    retok = scorer.Retok(gold["tokens"])
    words = [retok(row["subject"]).split(), " ".join(retok(o) for o in row["objects"]).split()]
    words = words if row["objects"] else words[:1]
    predicate = retok(row["predicate"]).split()
    pairs = (scorer.carb_pair(p, a, predicate, words)[0] for _, p, a in gold["facts"])
    return float(max(pairs, default=0) >= 0.5)


def benchie_label(scorer, gold, row):
    retok = scorer.Retok(gold["tokens"])
    triples = scorer.benchie_triples(row, "split")
    if not triples:
        return None
    slots = [" ".join(retok(x).split()) + " " if x else "" for x in triples[0]]
    return float(any(all(m.match(x) for m, x in zip(variant, slots))
                     for cluster in gold["clusters"] for variant in cluster))


def labelled(scorer, rows):
    """One (row, benchmark, label) for each benchmark that has the sentence."""
    carb = scorer.carb_load(scorer.DATA + "/carb_dev.tsv")
    benchie = scorer.benchie_load(scorer.DATA + "/benchie_dev.txt")
    for row in rows:
        key = scorer.key(row["sentence"])
        if key in carb:
            yield row, "carb", carb_label(scorer, carb[key], row)
        if key in benchie and row["rule"] not in WITHOUT_VERB:
            label = benchie_label(scorer, benchie[key], row)
            if label is not None:
                yield row, "benchie", label


def logistic(matrix, labels, ridge=3.0, steps=60):
    """Newton's method; the first column is the level and is not held small."""
    weights = numpy.zeros(matrix.shape[1])
    penalty = ridge * numpy.eye(len(weights))
    penalty[0, 0] = 1e-3
    for _ in range(steps):
        likely = 1 / (1 + numpy.exp(-matrix @ weights))
        curve = likely * (1 - likely) + 1e-6
        slope = matrix.T @ (labels - likely) - penalty @ weights
        weights += numpy.linalg.solve((matrix * curve[:, None]).T @ matrix + penalty, slope)
    return weights


def fit(data):
    rules = sorted({row["rule"] for row, _, _ in data})

    def columns(row, benchmark):
        signals = [x if name not in WORTH or benchmark == "carb" else 0.0
                   for name, x in zip(SIGNALS, row["signals"])]
        return [1.0, float(benchmark == "benchie"), *(float(row["rule"] == r) for r in rules),
                *signals]

    matrix = numpy.array([columns(row, benchmark) for row, benchmark, _ in data])
    weights = logistic(matrix, numpy.array([label for _, _, label in data]))
    for name, weight in zip(["level", "BenchIE", *rules, *SIGNALS], weights):
        print(f"{name:22} {weight:7.3f}")


def reliability(title, pairs):
    print(f"\n{title}\n| confidence | facts | mean confidence | right |\n|---|---|---|---|")
    for low, high in zip(EDGES, EDGES[1:]):
        inside = [pair for pair in pairs if low <= pair[0] < high]
        if inside:
            said = sum(c for c, _ in inside) / len(inside)
            right = sum(y for _, y in inside) / len(inside)
            print(f"| {low:.2f}–{min(high, 1):.2f} | {len(inside)} | {said:.2f} | {right:.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rows")
    parser.add_argument("--scorer", required=True)
    parser.add_argument("--readings")
    options = parser.parse_args()
    sys.path.insert(0, options.scorer)
    import openie as scorer

    with open(options.rows, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    data = list(labelled(scorer, rows))
    fit(data)
    for benchmark in ["carb", "benchie"]:
        pairs = [(row["confidence"], y) for row, b, y in data if b == benchmark]
        reliability(f"against {benchmark}", pairs)
    if options.readings:
        with open(options.readings, encoding="utf-8") as file:
            read = [tuple(map(float, line.split("\t")[:2])) for line in file if line[0].isdigit()]
        reliability("read by hand", read)
        odds = numpy.array([[1.0, numpy.log(c / (1 - c))] for c, _ in read])
        level, slope = logistic(odds, numpy.array([y for _, y in read]), ridge=1e-3)
        print(f"\nlevel {level:+.2f} and slope {slope:.2f} would make these readings likeliest")


if __name__ == "__main__":
    main()
