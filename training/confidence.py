#!/usr/bin/env python3
"""Fits the weights of confidence to facts read by hand, and prints how reliable they are.

usage: confidence.py FACTS.jsonl VERDICTS.tsv [--ridge 6]

FACTS.jsonl is what `examples/measure_confidence.rs` prints. VERDICTS.tsv has a fact a line:
document, sentence, subject, predicate, object (- for none), what the fact is worth: 1 where it
is right and can be understood alone, else 0; and, where it is not 1, how much the verdict counts.
A fact that the rules do not give any more is left out.

The last two numbers are a second opinion: whether another reader tells the same. On texts with
which rules were made it seems of little use, for the rules were mended until they are right where
the readers disagree too; so its weights, the scale of all others and the level are not fitted here
but to 610 facts of forty texts, read before any rule was made with them (UNSEEN).

Texts with which no rule was made count more than once: the rules do better on those they were made
with than on any others, and confidence is for the others. The reliability is printed for them.

The reliability is that of six folds by document: no fact is judged by weights that saw its
document. The weights at the end are fitted to all and stand in
src/extraction/confidence/weights.rs. Needs numpy. The data is not part of the project.
"""
import argparse
import collections
import json

import numpy

FOLDS = 6
UNSEEN = {"scale": 0.72, "level": 0.05, "opinion": [0.4, 0.7]}
EDGES = [0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 1.01]
THRESHOLDS = [0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85]


def folded(text):
    return " ".join(str(text).lower().replace("’", "'").split())


def key(sentence, subject, predicate, obj):
    return tuple(folded(part) for part in (sentence, subject, predicate, "-" if obj is None else obj))


def logistic(matrix, labels, counts, ridge, steps=60):
    """Newton's method; the level is not held small."""
    matrix = numpy.c_[numpy.ones(len(matrix)), matrix]
    weights = numpy.zeros(matrix.shape[1])
    penalty = ridge * numpy.eye(len(weights))
    penalty[0, 0] = 1e-3
    for _ in range(steps):
        likely = 1 / (1 + numpy.exp(-matrix @ weights))
        curve = (likely * (1 - likely) + 1e-6) * counts
        slope = matrix.T @ ((labels - likely) * counts) - penalty @ weights
        weights += numpy.linalg.solve((matrix * curve[:, None]).T @ matrix + penalty, slope)
    return weights


def folds(documents):
    """Documents in folds of about one size."""
    sizes = collections.Counter(documents)
    held = [[] for _ in range(FOLDS)]
    for document in sorted(sizes, key=lambda name: (-sizes[name], name)):
        min(held, key=lambda fold: sum(sizes[name] for name in fold)).append(document)
    number = {name: fold for fold, names in enumerate(held) for name in names}
    return numpy.array([number[name] for name in documents])


def cross_validated(matrix, labels, counts, fold, ridge):
    likely = numpy.zeros(len(labels))
    for number in range(FOLDS):
        out = fold == number
        weights = fitted(matrix[~out], labels[~out], counts[~out], ridge)
        odds = weights[0] + matrix[out] @ weights[1:]
        likely[out] = 1 / (1 + numpy.exp(-odds))
    return likely


def print_reliability(likely, labels, plain):
    """How often facts said to be so likely are right, and what a border would keep."""
    above = likely[labels > 0.5][:, None] > likely[labels <= 0.5][None]
    print(f"area under the curve {above.mean():.3f}")
    print("\n| confidence | facts | said | right |\n|---|---|---|---|")
    for low, high in zip(EDGES, EDGES[1:]):
        inside = (likely >= low) & (likely < high)
        if inside.any():
            print(f"| {low:.2f}–{min(high, 1):.2f} | {inside.sum()} | {likely[inside].mean():.2f} "
                  f"| {labels[inside].mean():.2f} |")
    print("\n| at least | kept | of the right ones | right |\n|---|---|---|---|")
    for least in THRESHOLDS:
        kept = plain & (likely >= least)
        print(f"| {least:.2f} | {kept.sum() / plain.sum():.2f} "
              f"| {labels[kept].sum() / labels[plain].sum():.2f} | {labels[kept].mean():.2f} |")


def fitted(matrix, labels, counts, ridge):
    """The level and the weights of all numbers."""
    opinion = len(UNSEEN["opinion"])
    weights = logistic(matrix[:, :-opinion], labels, counts, ridge) * UNSEEN["scale"]
    weights[0] += UNSEEN["level"]
    return numpy.concatenate([weights, UNSEEN["opinion"]])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("facts")
    parser.add_argument("verdicts")
    parser.add_argument("--ridge", type=float, default=6)
    options = parser.parse_args()
    with open(options.facts, encoding="utf-8") as file:
        names = json.loads(next(file))["signals"]
        facts = {}
        for line in file:
            fact = json.loads(line)
            parts = (fact[part] for part in ("sentence", "subject", "predicate", "object"))
            facts.setdefault(key(*parts), fact)
    read = []
    with open(options.verdicts, encoding="utf-8") as file:
        for line in file:
            document, *parts, label, count = (line.rstrip("\n").split("\t") + ["1"])[:7]
            fact = facts.get(key(*parts))
            if fact:
                read.append((document, fact, float(label), float(count)))
    matrix = numpy.array([fact["numbers"] for _, fact, _, _ in read])
    labels = numpy.array([label for _, _, label, _ in read])
    counts = numpy.array([count for _, _, _, count in read])
    plain = numpy.array([fact["plain"] for _, fact, _, _ in read])
    documents = [document for document, _, _, _ in read]
    likely = cross_validated(matrix, labels, counts, folds(documents), options.ridge)
    print(f"{len(read)} facts, {int((counts > 1).sum())} of texts no rule was made with")
    told = counts > 1 if (counts > 1).any() else counts > 0
    print_reliability(likely[told], labels[told], plain[told])
    weights = fitted(matrix, labels, counts, options.ridge)
    print(f"\nlevel {weights[0]:.2f}")
    for name, weight, column in zip(names, weights[1:], matrix.T):
        print(f"{name:22} {weight:6.2f}  {int((column != 0).sum())} facts")


if __name__ == "__main__":
    main()
