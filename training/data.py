"""Reads the treebanks and name corpora that the reader models are trained on.

Everything comes from one folder, given by the environment variable TEXT_DATA or a command's
`--data`, with the files of the data's README unpacked (`*.conllu`, `*.iob2`, `*.conll`, `*.tsv`).
"""

import os
from dataclasses import dataclass, field

NAME_KINDS = ("PER", "ORG", "LOC")
NAME_TAGS = ["O"] + [f"{mark}-{kind}" for kind in NAME_KINDS for mark in ("B", "I")]


@dataclass
class Sentence:
    """One sentence; layers that a corpus does not annotate are None."""

    words: list
    universal: list = None
    fine: list = None
    lemmas: list = None
    heads: list = None
    relations: list = None
    names: list = None
    space_after: list = None
    identifier: str = ""
    text: str = ""
    soft: dict = field(default=None, repr=False)


def data_folder(argument=None):
    """The folder of the unpacked data."""
    folder = argument or os.environ.get("TEXT_DATA")
    if not folder:
        raise SystemExit("give the data folder with --data or the variable TEXT_DATA")
    return folder


def _blocks(path):
    """Comment lines and rows of each sentence of a file with blank lines between sentences."""
    comments, rows = [], []
    with open(path, encoding="utf8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line.strip():
                if rows:
                    yield comments, rows
                comments, rows = [], []
            elif line.startswith("# "):
                comments.append(line)
            else:
                rows.append(line.split("\t"))
    if rows:
        yield comments, rows


def _comment(comments, key):
    for line in comments:
        if line.startswith(f"# {key} = "):
            return line[len(key) + 5 :]
    return ""


def read_conllu(path):
    """Sentences of a CoNLL-U file; ranges and empty nodes are left out."""
    sentences = []
    for comments, rows in _blocks(path):
        rows = [row for row in rows if row[0].isdigit()]
        sentences.append(
            Sentence(
                words=[row[1] for row in rows],
                lemmas=[row[2] for row in rows],
                universal=[row[3] for row in rows],
                fine=[row[4] for row in rows],
                heads=[int(row[6]) if row[6].isdigit() else 0 for row in rows],
                relations=[row[7] for row in rows],
                space_after=["SpaceAfter=No" not in row[9] for row in rows],
                identifier=_comment(comments, "sent_id"),
                text=_comment(comments, "text"),
            )
        )
    return sentences


def repair_names(tags):
    """Keeps only the known kinds and turns an inside mark without beginning into a beginning."""
    repaired, previous = [], "O"
    for tag in tags:
        if tag[2:] not in NAME_KINDS:
            tag = "O"
        elif tag[0] == "I" and previous[2:] != tag[2:]:
            tag = "B" + tag[1:]
        repaired.append(tag)
        previous = tag
    return repaired


def attach_universal_names(sentences, path):
    """Gives the names of a Universal NER file to the sentences with equal words."""
    names = {}
    for comments, rows in _blocks(path):
        names[_comment(comments, "sent_id")] = ([row[1] for row in rows], [row[2] for row in rows])
    attached = 0
    for sentence in sentences:
        words, tags = names.get(sentence.identifier, (None, None))
        if words == sentence.words:
            sentence.names = repair_names(tags)
            attached += 1
    return attached


def attach_entity_names(sentences, path):
    """Gives GUM's names, which a rule drew from its entities.

    The rule misses some names and clips others, so that proper nouns it leaves outside stay
    unlabelled (None) instead of counting as no name.
    """
    names = {}
    for _, rows in _blocks(path):
        names[tuple(row[0] for row in rows)] = repair_names([row[-1] for row in rows])
    attached = 0
    for sentence in sentences:
        tags = names.get(tuple(sentence.words))
        if tags:
            proper = [tag in ("PROPN", "ADP", "DET") for tag in sentence.universal]
            sentence.names = [
                None if tag == "O" and name else tag for tag, name in zip(tags, proper)
            ]
            attached += 1
    return attached


def read_name_corpus(path):
    """Sentences of a corpus with names only, its hyphenated words split as the treebank does."""
    sentences = []
    for _, rows in _blocks(path):
        words, tags = [], []
        for row in rows:
            word, tag = row[-2], row[-1]
            parts = [word]
            if "-" in word.strip("-") and not any(c.isdigit() for c in word):
                parts = [part for part in word.replace("-", " - ").split(" ") if part]
            words += parts
            tags += [tag] + ["I" + tag[1:] if tag != "O" else "O"] * (len(parts) - 1)
        sentences.append(Sentence(words=words, names=repair_names(tags), identifier="wikigold"))
    return sentences


def load_training(folder, rule_names=True):
    """Every sentence the models may learn from; GUM's names by rule only where asked for."""
    ewt = read_conllu(f"{folder}/ewt-train.conllu")
    gum = read_conllu(f"{folder}/gum-train.conllu")
    wikipedia = read_name_corpus(f"{folder}/wikigold.conll")
    attached = attach_universal_names(ewt, f"{folder}/uner-ewt-train.iob2")
    print("sentences with names: EWT", attached, "of", len(ewt))
    attached = rule_names and attach_entity_names(gum, f"{folder}/gum-train-names.tsv")
    print("sentences with names: GUM", attached, "of", len(gum), "Wikigold", len(wikipedia))
    return ewt + gum + wikipedia


def load_development(folder):
    """The sets that choices are made on; nothing is ever trained on them."""
    ewt = read_conllu(f"{folder}/ewt-dev.conllu")
    attach_universal_names(ewt, f"{folder}/uner-ewt-dev.iob2")
    return {"ewt-dev": ewt, "gum-dev": read_conllu(f"{folder}/gum-dev.conllu")}
