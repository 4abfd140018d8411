"""Fine-tunes the accurate reader on tags, trees and names together.

    python train.py --data DATA --base FOLDER_OF_THE_PRETRAINED_MODEL --out runs/accurate

With `--lessons` (from `teach.py`) it learns from those beside the treebanks.
"""

import argparse
import collections
import json
import random
from pathlib import Path

import torch
from safetensors.torch import load_file

from architecture import AccurateReader
from batching import MAXIMUM_TRAINING_PIECES, Preparation, group
from data import NAME_TAGS, data_folder, load_development, load_training
from export import load
from losses import gold_loss, label_scores, lessons_loss, read_lessons
from schedule import MovingAverage, Schedule, descend, report
from wordpiece import WordPiece

SMALLEST_TAG_COUNT = 3


def label_tables(sentences):
    """The joint (universal, fine) tags, the relations and the name tags."""
    trees = [s for s in sentences if s.heads]
    pairs = collections.Counter(pair for s in trees for pair in zip(s.universal, s.fine))
    tags = sorted(list(pair) for pair in pairs if pairs[pair] >= SMALLEST_TAG_COUNT)
    relations = sorted({relation for s in trees for relation in s.relations})
    return {"tags": tags, "relations": relations, "names": NAME_TAGS}


def optimizer_of(reader, encoder_rate, head_rate):
    """AdamW with the new parts of the encoder at the heads' rate."""
    quick = ("encoder.mix", "encoder.gain", "encoder.shape_embeddings.weight")
    slow = lambda name: name.startswith("encoder.") and name not in quick
    named = list(reader.named_parameters())
    groups = [
        {"params": [p for name, p in named if slow(name)], "lr": encoder_rate},
        {"params": [p for name, p in named if not slow(name)], "lr": head_rate},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)


def build(options, tables):
    """Reader with pretrained encoder, its pieces and sizes."""
    base = Path(options.base)
    wordpiece = WordPiece.from_file(base / "vocab.txt")
    config = json.loads((base / "config.json").read_text())
    sizes = {
        "pieces": len(wordpiece.pieces),
        "positions": config["max_position_embeddings"],
        "width": config["hidden_size"],
        "inner": config["intermediate_size"],
        "heads": config["num_attention_heads"],
        "layers": config["num_hidden_layers"],
        "arc": 256,
        "label": options.label,
        "tags": len(tables["tags"]),
        "relations": len(tables["relations"]),
        "names": len(tables["names"]),
    }
    reader = AccurateReader(sizes)
    if options.start:
        if options.start.endswith(".fbw"):
            weights = load(options.start)[0].state_dict()
        else:
            weights = torch.load(options.start)["weights"]
        reader.load_state_dict(weights)
    else:
        reader.encoder.load_pretrained(load_file(str(base / "model.safetensors")))
    return reader, wordpiece, sizes


def run_epoch(reader, groups, preparation, generator, options, optimizer, schedule, average):
    """One pass over the groups; returns the mean loss."""
    mask = preparation.wordpiece.mask
    total, number = 0.0, 0
    for number, sentences in enumerate(groups, 1):
        batch, targets = preparation.batch(sentences, generator)
        chosen = torch.rand(batch["pieces"].shape) < options.piece_drop
        chosen &= batch["pieces"] > mask
        batch["pieces"] = batch["pieces"].masked_fill(chosen, mask)
        with torch.autocast("cpu", torch.bfloat16, enabled=options.bf16):
            outputs = reader(batch)
        if options.lessons:
            weight = options.gold_weight
            loss = lessons_loss(reader, outputs, batch, targets, sentences, weight)
        else:
            loss = gold_loss(outputs, label_scores(reader, outputs, targets[1]), targets)
        descend(loss, reader, optimizer, schedule, average)
        total += loss.item()
        if schedule.is_over():
            break
        if number % 50 == 0:
            spent = f"{schedule.seconds():.0f} s"
            print(f"  {number}/{len(groups)} {total / number:.3f} {spent}", flush=True)
    return total / max(1, number)


def train(options):
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    generator = random.Random(options.seed)
    folder = data_folder(options.data)
    if options.lessons:
        training, plain, tables = read_lessons(options.lessons)
    else:
        training, plain = load_training(folder, not options.without_rule_names), []
        tables = label_tables(training)
    development = load_development(folder)
    reader, wordpiece, sizes = build(options, tables)
    preparation = Preparation(wordpiece, tables["tags"], tables["relations"], tables["names"])
    size_of = preparation.piece_count
    training = [s for s in training if size_of(s) <= MAXIMUM_TRAINING_PIECES]
    if options.limit:
        training = training[:: max(1, len(training) // options.limit)]
    taken = int(len(plain) * options.raw_share)
    chosen = lambda: training + generator.sample(plain, taken)
    optimizer = optimizer_of(reader, options.encoder_rate, options.head_rate)
    count = len(group(chosen(), size_of, options.budget))
    schedule = Schedule(optimizer, count * options.epochs, count * options.warm, options.minutes)
    average = MovingAverage(reader, options.decay)
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    print(vars(options), sizes, len(training), taken, "sentences", count, "groups", flush=True)
    for epoch in range(options.epochs):
        reader.train()
        groups = group(chosen(), size_of, options.budget, generator)
        loss = run_epoch(
            reader, groups, preparation, generator, options, optimizer, schedule, average
        )
        print(f"epoch {epoch} loss {loss:.3f} {schedule.seconds():.0f} s", flush=True)
        checkpoint = {"weights": average.average, "tables": tables, "sizes": sizes}
        torch.save(checkpoint | {"pieces": wordpiece.pieces}, out / f"epoch-{epoch}.pt")
        with torch.autocast("cpu", torch.bfloat16, enabled=options.bf16):
            report(reader, average, preparation, development, tables, schedule.is_over())
        if schedule.is_over():
            break


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data")
    parser.add_argument("--base", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--start", help="checkpoint or .fbw file to go on from")
    parser.add_argument("--lessons", help="file of `teach.py` to learn from as well")
    parser.add_argument("--gold-weight", type=float, default=1.0, help="beside the lessons")
    parser.add_argument("--raw-share", type=float, default=1.0, help="plain sentences an epoch")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--warm", type=float, default=0.5, help="epochs of rising rates")
    parser.add_argument("--minutes", type=float, default=1e9, help="end the schedule earlier")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--budget", type=int, default=1200, help="padded pieces a step")
    parser.add_argument("--encoder-rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1.5e-3)
    parser.add_argument("--piece-drop", type=float, default=0.03)
    parser.add_argument("--decay", type=float, default=0.998)
    parser.add_argument("--label", type=int, default=96)
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--without-rule-names", action="store_true", help="see EXPERIMENTS.md")
    parser.add_argument("--limit", type=int, default=0, help="sentences, to try the program out")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
