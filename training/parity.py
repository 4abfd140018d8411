"""Writes vectors that the inference in Rust is compared with.

    python parity.py accurate.fbw parity-sentences.txt accurate-parity.jsonl

The sentences are lines of words separated by spaces; the vectors are one JSON object a line,
with indices into the file's tables of labels and raw (not normalised) scores. Scores come from the
weights as the file holds them, computed in 32-bit floating point.
"""

import argparse
import json

import torch

from data import Sentence
from evaluate import predict
from export import load

DIGITS = 5


def rounded(tensor):
    if tensor.dim() == 1:
        return [round(value, DIGITS) for value in tensor.tolist()]
    return [rounded(row) for row in tensor]


def vectors(reader, preparation, header, words):
    """Everything the reader computes for one sentence."""
    sentence = Sentence(words=words)
    batch, _ = preparation.batch([sentence])
    with torch.no_grad():
        tags, names, arcs, label_head, label_dependent = reader(batch)
        _, best, heads, relations, best_names, margins = next(
            predict(reader, preparation, [sentence], header)
        )
        labels = reader.heads.labels(label_head, label_dependent, torch.tensor([heads]))
    record = {"words": words}
    for name in ("pieces", "rows", "parts", "part_offsets"):
        if name in batch:
            record[name] = batch[name].flatten().tolist()
    return record | {
        "shapes": batch["shapes"][0].tolist(),
        "tags": [header["tags"].index(tag) for tag in best],
        "heads": heads,
        "relations": [header["relations"].index(relation) for relation in relations],
        "names": [header["names"].index(name) for name in best_names],
        "margins": [round(margin, DIGITS) for margin in margins],
        "tag_scores": rounded(tags[0]),
        "name_scores": rounded(names[0]),
        "arc_scores": rounded(arcs[0]),
        "label_scores_of_best_head": rounded(labels[0]),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights")
    parser.add_argument("sentences")
    parser.add_argument("vectors")
    options = parser.parse_args()
    reader, preparation, header = load(options.weights)
    with open(options.sentences, encoding="utf8") as lines:
        sentences = [line.split() for line in lines if line.strip()]
    records = [vectors(reader, preparation, header, words) for words in sentences]
    with open(options.vectors, "w", encoding="utf8") as file:
        for record in records:
            file.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
