"""Keeps what one or several readers think of sentences, for a student to learn from.

    python teach.py --data DATA --raw TEXT... --out lessons.pt runs/accurate/epoch-6.pt...

A teacher is a checkpoint of the accurate reader or the finished file (`.fbw`) of either reader. For
each word: the most probable tags, heads and relations with their probabilities, and the
probabilities of all name tags. Several teachers' probabilities are averaged, by `--shares`.
"""

import argparse
import random
import time

import torch

from architecture import AccurateReader
from batching import MAXIMUM_TRAINING_PIECES, Preparation, group
from data import data_folder, load_training
from decoding import best_tree
from export import load
from raw_text import read_raw
from wordpiece import WordPiece

KEPT = {"tags": 4, "arcs": 4, "labels": 4}


def load_checkpoint(path):
    """A trained accurate reader and its checkpoint."""
    checkpoint = torch.load(path)
    reader = AccurateReader(checkpoint["sizes"])
    reader.load_state_dict(checkpoint["weights"])
    return reader.eval(), checkpoint


def load_teacher(path):
    """A reader, its preparation and its tables of labels."""
    if path.endswith(".fbw"):
        reader, preparation, tables = load(path)
    else:
        reader, checkpoint = load_checkpoint(path)
        tables = checkpoint["tables"]
        labels = tables["tags"], tables["relations"], tables["names"]
        preparation = Preparation(WordPiece(checkpoint["pieces"]), *labels)
    return reader, preparation, {name: tables[name] for name in ("tags", "relations", "names")}


def top(probabilities, kept):
    values, indices = probabilities.topk(min(kept, probabilities.shape[-1]), -1)
    values = (values / values.sum(-1, keepdim=True)).half()
    return indices.masked_fill(values == 0, 0).to(torch.int16), values


def lessons_of(teachers, shares, sentences):
    """Sets `soft` of each sentence."""
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        outputs = [reader(preparation.batch(sentences)[0]) for reader, preparation in teachers]
    weighted = lambda parts: sum(share * part for share, part in zip(shares, parts))
    mean = lambda part: weighted(o[part].float().softmax(-1) for o in outputs)
    tags, names, arcs = mean(0), mean(1), mean(2)
    heads = torch.zeros(arcs.shape[:2], dtype=torch.long)
    for i, sentence in enumerate(sentences):
        n = len(sentence.words)
        if sentence.heads:
            tree = sentence.heads
        else:
            scores = arcs[i, :n, : n + 1].clamp(min=1e-9).log().double()
            scores[torch.arange(n), torch.arange(n) + 1] = -1e9
            tree = best_tree(scores.numpy())
        heads[i, :n] = torch.tensor(tree)
    with torch.no_grad():
        labels = weighted(
            reader.heads.labels(o[3].float(), o[4].float(), heads).softmax(-1)
            for (reader, _), o in zip(teachers, outputs)
        )
    tags, arcs = top(tags, KEPT["tags"]), top(arcs, KEPT["arcs"])
    labels = top(labels, KEPT["labels"])
    for i, sentence in enumerate(sentences):
        n = len(sentence.words)
        sentence.soft = {
            "tags": (tags[0][i, :n].clone(), tags[1][i, :n].clone()),
            "arcs": (arcs[0][i, :n].clone(), arcs[1][i, :n].clone()),
            "labels": (labels[0][i, :n].clone(), labels[1][i, :n].clone()),
            "heads": heads[i, :n].to(torch.int16).clone(),
            "names": names[i, :n].half().clone(),
        }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("teachers", nargs="+", help="the first one an accurate reader")
    parser.add_argument("--shares", type=float, nargs="*", help="weight of each teacher")
    parser.add_argument("--data")
    parser.add_argument("--raw", nargs="*", default=[])
    parser.add_argument("--out", required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, default=0, help="raw sentences")
    parser.add_argument("--without-rule-names", action="store_true", help="see EXPERIMENTS.md")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    loaded = [load_teacher(path) for path in options.teachers]
    teachers, tables = [(reader, preparation) for reader, preparation, _ in loaded], loaded[0][2]
    if any(other != tables for _, _, other in loaded):
        raise SystemExit("the teachers' tables of labels differ")
    shares = options.shares or [1] * len(teachers)
    if len(shares) != len(teachers):
        raise SystemExit("give one share for each teacher")
    shares = [share / sum(shares) for share in shares]
    size_of = teachers[0][1].piece_count
    raw = read_raw(options.raw)
    random.Random(1).shuffle(raw)
    sentences = load_training(data_folder(options.data), not options.without_rule_names)
    sentences += raw[: options.limit or len(raw)]
    sentences = [s for s in sentences if size_of(s) <= MAXIMUM_TRAINING_PIECES]
    groups = group(sentences, size_of, 3000)
    start, done = time.time(), 0
    for number, some in enumerate(groups):
        lessons_of(teachers, shares, some)
        done += sum(len(s.words) for s in some)
        if number % 50 == 0:
            print(f"{number}/{len(groups)} {done / (time.time() - start):.0f} words/s", flush=True)
    torch.save({"sentences": [vars(s) for s in sentences], "tables": tables}, options.out)


if __name__ == "__main__":
    main()
