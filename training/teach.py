"""Keeps what one or several accurate readers think of sentences, for a student to learn from.

    python teach.py --data DATA --raw TEXT... --out lessons.pt runs/accurate/epoch-6.pt...

For each word: the most probable tags, heads and relations with their probabilities, and the
probabilities of all name tags. Several teachers' probabilities are averaged.
"""

import argparse
import random
import time

import torch

from architecture import AccurateReader
from batching import MAXIMUM_TRAINING_PIECES, Preparation, group
from data import data_folder, load_training
from decoding import best_tree
from raw_text import read_raw
from wordpiece import WordPiece

KEPT = {"tags": 4, "arcs": 4, "labels": 4}


def load_checkpoint(path):
    """A trained accurate reader and its checkpoint."""
    checkpoint = torch.load(path)
    reader = AccurateReader(checkpoint["sizes"])
    reader.load_state_dict(checkpoint["weights"])
    return reader.eval(), checkpoint


def top(probabilities, kept):
    values, indices = probabilities.topk(min(kept, probabilities.shape[-1]), -1)
    values = (values / values.sum(-1, keepdim=True)).half()
    return indices.masked_fill(values == 0, 0).to(torch.int16), values


def lessons_of(readers, preparation, sentences):
    """Sets `soft` of each sentence."""
    batch, _ = preparation.batch(sentences)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        outputs = [reader(batch) for reader in readers]
    mean = lambda part: sum(o[part].float().softmax(-1) for o in outputs) / len(outputs)
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
        labels = sum(
            reader.heads.labels(o[3].float(), o[4].float(), heads).softmax(-1)
            for reader, o in zip(readers, outputs)
        ) / len(readers)
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
    parser.add_argument("teachers", nargs="+")
    parser.add_argument("--data")
    parser.add_argument("--raw", nargs="*", default=[])
    parser.add_argument("--out", required=True)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, default=0, help="raw sentences")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    readers, checkpoints = zip(*(load_checkpoint(path) for path in options.teachers))
    tables = checkpoints[0]["tables"]
    preparation = Preparation(
        WordPiece(checkpoints[0]["pieces"]), tables["tags"], tables["relations"], tables["names"]
    )
    raw = read_raw(options.raw)
    random.Random(1).shuffle(raw)
    sentences = load_training(data_folder(options.data)) + raw[: options.limit or len(raw)]
    sentences = [s for s in sentences if preparation.piece_count(s) <= MAXIMUM_TRAINING_PIECES]
    groups = group(sentences, preparation.piece_count, 3000)
    start, done = time.time(), 0
    for number, some in enumerate(groups):
        lessons_of(readers, preparation, some)
        done += sum(len(s.words) for s in some)
        if number % 50 == 0:
            print(f"{number}/{len(groups)} {done / (time.time() - start):.0f} words/s", flush=True)
    torch.save({"sentences": [vars(s) for s in sentences], "tables": tables}, options.out)


if __name__ == "__main__":
    main()
