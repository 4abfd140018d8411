"""Trains the fast reader on the treebanks and on an accurate reader's lessons.

    python distil.py --data DATA --lessons lessons.pt --out runs/fast
"""

import argparse
import random
from pathlib import Path

import torch

import weights_file
from architecture import FastReader
from batching import FastPreparation, group
from data import data_folder, load_development
from fast_features import BUCKETS, SHAPE_BUCKETS, WordFeatures, read_vectors
from losses import lessons_loss, read_lessons
from schedule import MovingAverage, Schedule, descend, report

VECTOR_GROUP = 64
LEARNED_WORDS = 10000
WARM_STEPS = 200


def vectors_of(folder):
    """The words and their vectors as the weights file will give them (four bits)."""
    words, vectors = read_vectors(folder)
    values, scales = weights_file.quantise_groups(vectors, VECTOR_GROUP)
    return words, torch.tensor(weights_file.restore(values, scales))


def sizes_of(options, tables, vectors):
    """The sizes of the fast reader."""
    return {
        "hidden": options.hidden,
        "learned": LEARNED_WORDS,
        "learned_width": 48,
        "part_width": 64,
        "shape_width": 16,
        "vector_width": vectors.shape[1],
        "buckets": BUCKETS,
        "shape_buckets": SHAPE_BUCKETS,
        "arc": 160,
        "label": 48,
        "tags": len(tables["tags"]),
        "relations": len(tables["relations"]),
        "names": len(tables["names"]),
    }


def run_epoch(reader, groups, preparation, generator, options, optimizer, schedule, average):
    """One pass over the groups; returns the mean loss."""
    total, number = 0.0, 0
    for number, sentences in enumerate(groups, 1):
        batch, targets = preparation.batch(sentences, generator)
        weight = options.gold_weight
        loss = lessons_loss(reader, reader(batch), batch, targets, sentences, weight)
        descend(loss, reader, optimizer, schedule, average)
        total += loss.item()
        if schedule.is_over():
            break
        if number % 100 == 0:
            spent = f"{schedule.seconds():.0f} s"
            print(f"  {number}/{len(groups)} {total / number:.3f} {spent}", flush=True)
    return total / max(1, number)


def train(options):
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    generator = random.Random(options.seed)
    words, vectors = vectors_of(options.vectors)
    annotated, plain, tables = read_lessons(options.lessons)
    development = load_development(data_folder(options.data))
    sizes = sizes_of(options, tables, vectors)
    reader = FastReader(sizes, vectors, options.drop)
    if options.start:
        reader.load_state_dict(torch.load(options.start)["weights"])
    preparation = FastPreparation(
        WordFeatures(words), tables["tags"], tables["relations"], tables["names"]
    )
    size_of = lambda s: len(s.words)
    taken = int(len(plain) * options.raw_share)
    chosen = lambda: annotated + generator.sample(plain, taken)
    parameters = [p for p in reader.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        parameters, lr=options.rate, betas=(0.9, 0.95), weight_decay=1e-4, fused=True
    )
    count = len(group(chosen(), size_of, options.budget))
    schedule = Schedule(optimizer, count * options.epochs, WARM_STEPS, options.minutes)
    average = MovingAverage(reader, options.decay)
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    print(vars(options), sizes, len(annotated), len(plain), count, "groups", flush=True)
    for epoch in range(options.epochs):
        reader.train()
        groups = group(chosen(), size_of, options.budget, generator)
        loss = run_epoch(
            reader, groups, preparation, generator, options, optimizer, schedule, average
        )
        print(f"epoch {epoch} loss {loss:.3f} {schedule.seconds():.0f} s", flush=True)
        checkpoint = {"weights": average.average, "tables": tables, "sizes": sizes}
        torch.save(checkpoint | {"words": words}, out / f"epoch-{epoch}.pt")
        report(reader, average, preparation, development, tables, schedule.is_over())
        if schedule.is_over():
            break


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data")
    parser.add_argument("--vectors", required=True, help="folder of the word vectors")
    parser.add_argument("--lessons", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--start", help="checkpoint of the fast reader to go on from")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--minutes", type=float, default=1e9, help="end the schedule earlier")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--budget", type=int, default=1500, help="padded words a step")
    parser.add_argument("--hidden", type=int, default=192)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--drop", type=float, default=0.25)
    parser.add_argument("--decay", type=float, default=0.998)
    parser.add_argument("--gold-weight", type=float, default=1.0)
    parser.add_argument("--raw-share", type=float, default=1.0, help="raw sentences an epoch")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
