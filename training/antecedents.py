"""Measures, and fits anew, the weights by which a definite noun finds what it means.

    cargo run --release --example measure_antecedents -- articles/*.txt > candidates.jsonl
    python training/antecedents.py candidates.jsonl gold [held-out]

`gold` is a folder with, for each article NAME.txt, the table NAME.gold (number of the sentence,
sort, expression, what it means, separated by tabs) and the sentences NAME.txt, numbered. Articles
whose name begins with a letter of `held-out` are not learnt from; what is measured is measured on
them. Prints the weights as they stand in `src/extraction/antecedent/ranking.rs`.
"""

import collections
import json
import os
import re
import sys

import numpy

EMPTY = set(
    "the a an of in on at to for by with from and or its his her their this that these those mr mrs "
    "ms dr s".split()
)
# What stands in no table is understood alone, or was overlooked: such a noun counts less.
UNTOLD = 0.3
# How strongly the weights are held to those in the code.
STRENGTH = 2.0
STEPS = 20
CODE = "src/extraction/antecedent/ranking.rs"


def words(text):
    text = text.lower().replace("’s", " ").replace("'s", " ")
    return [word for word in re.findall(r"[\w’'-]+", text) if word not in EMPTY]


def is_same(name, meaning):
    """Whether a name tells what the table says, in words enough to be understood."""
    own = set(words(name))
    for one in [meaning] + meaning.split(" + "):
        told = set(words(one))
        if not told or not own:
            continue
        is_part = own <= told and len(own) >= max(1, len(told) / 2)
        if len(own & told) / len(own | told) >= 0.5 or is_part or told <= own:
            return True
    return False


def plain(text):
    text = re.sub(r"^(the|a|an|this|that|these|those) ", "", text.lower().strip())
    return re.sub(r"['’]s?$", "", text)


def letters(text):
    return re.sub(r"[^a-z0-9]", "", text.lower())


def tables(folder):
    """What each expression of a sentence means, by document and the letters of the sentence."""
    found = collections.defaultdict(dict)
    for file in sorted(os.listdir(folder)):
        if not file.endswith(".gold"):
            continue
        document = file[:-5]
        lines = open(f"{folder}/{document}.txt").read().splitlines()
        numbered = [re.match(r"(\d+)\. (.*)", line) for line in lines]
        sentences = {int(m.group(1)): letters(m.group(2)) for m in numbered if m}
        for line in open(f"{folder}/{file}"):
            columns = line.rstrip("\n").split("\t")
            if len(columns) < 4 or not columns[0].strip().isdigit():
                continue
            sentence = sentences.get(int(columns[0]), "")
            found[document].setdefault(sentence, []).append(
                (columns[1].strip(), plain(columns[2]), columns[3].strip())
            )
    return found


def read(file, gold):
    """The nouns with their candidates: document, meaning or none, rule, candidates."""
    lines = open(file)
    names = json.loads(next(lines))["features"]
    nouns = collections.OrderedDict()
    for line in lines:
        row = json.loads(line)
        document = os.path.basename(row["document"])[:-4]
        if document in gold:
            key = (document, row["sentence"], row["place"], row["text"], row["rule"])
            nouns.setdefault(key, []).append((row["name"], row["numbers"]))
    found = []
    for (document, sentence, _, text, rule), candidates in nouns.items():
        own = letters(sentence)
        meaning, sort = None, None
        for known, rows in gold[document].items():
            if known == own or len(own) > 25 and (own in known or known in own and len(known) > 25):
                for kind, expression, means in rows:
                    if expression == plain(text):
                        meaning, sort = means, kind
        found.append((document, text, meaning, rule, candidates, sort))
    return names, found


def fit(nouns, prior):
    """Weights near those that stand in the code, for which the tables are too few to do without:
    the logistic loss with a penalty on the distance from them."""
    rows, labels, shares = [], [], []
    for _, _, meaning, _, candidates, _ in nouns:
        for name, numbers in candidates:
            rows.append(numbers)
            labels.append(float(meaning is not None and is_same(name, meaning)))
            shares.append(1.0 if meaning is not None else UNTOLD)
    rows, labels, shares = map(numpy.array, (rows, labels, shares))

    weights = prior.copy()
    # Newton's method: the loss is convex, and a few steps reach its lowest point.
    for _ in range(STEPS):
        chances = 1 / (1 + numpy.exp(-(rows @ weights)))
        slope = rows.T @ (shares * (chances - labels)) + 2 * STRENGTH * (weights - prior)
        curve = (rows.T * (shares * chances * (1 - chances))) @ rows
        weights -= numpy.linalg.solve(curve + 2 * STRENGTH * numpy.eye(len(prior)), slope)
    return weights


def chosen(candidates, weights, least, ahead):
    scores = [(float(numpy.dot(weights, numbers)), name) for name, numbers in candidates]
    scores.sort(key=lambda entry: -entry[0])
    if not scores or 1 / (1 + numpy.exp(-scores[0][0])) < least:
        return None
    if len(scores) > 1 and scores[0][0] - scores[1][0] < ahead:
        return None
    return scores[0][1]


def prior_weights(names):
    code = open(CODE).read()
    known = dict(re.findall(r'\("([^"]+)", (-?[\d.]+)\)', code))
    return numpy.array([float(known.get(name, 0)) for name in names])


def measure(nouns, weights, least, ahead, only_free=False):
    counts = collections.Counter()
    for _, text, meaning, rule, candidates, _ in nouns:
        if only_free and rule is not None:
            continue
        name = chosen(candidates, weights, least, ahead)
        if meaning is None:
            counts["told, understood alone" if name else "left, understood alone"] += 1
        elif name is None:
            counts["none"] += 1
        else:
            counts["right" if is_same(name, meaning) else "wrong"] += 1
            if not is_same(name, meaning) and os.environ.get("SHOW"):
                print("  wrong:", text, "->", name, "| means", meaning)
    return dict(counts)


def main():
    gold = tables(sys.argv[2])
    held_out = sys.argv[3] if len(sys.argv) > 3 else ""
    names, nouns = read(sys.argv[1], gold)
    learnt = [noun for noun in nouns if noun[0][0] not in held_out] if held_out else nouns
    others = [noun for noun in nouns if held_out and noun[0][0] in held_out]
    by_rule = collections.Counter()
    for _, _, meaning, rule, candidates, _ in others or learnt:
        if meaning is not None:
            by_rule["none" if rule is None else "right" if is_same(rule, meaning) else "wrong"] += 1
    reach = sum(
        any(is_same(name, meaning) for name, _ in candidates)
        for _, _, meaning, _, candidates, _ in others or learnt
        if meaning is not None
    )
    print(f"{len(learnt)} nouns learnt from; rules alone: {dict(by_rule)}; within reach: {reach}")
    prior = prior_weights(names)
    weights = fit(learnt, prior)
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        for ahead in (0.3,):
            before = measure(others or learnt, prior, least, ahead, only_free=True)
            print("with the weights in the code:", before)
            all_of_them = measure(others or learnt, weights, least, ahead)
            free = measure(others or learnt, weights, least, ahead, only_free=True)
            print(least, ahead, all_of_them, "| where no rule speaks:", free)
    for name, weight in zip(names, weights):
        print(f'    ("{name}", {weight:.2f}),')


if __name__ == "__main__":
    main()
