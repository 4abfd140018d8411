"""Sentences as tensors for the accurate reader, with the augmentations of training."""

import random

import torch

from wordpiece import word_shape

MAXIMUM_TRAINING_PIECES = 120
QUOTES = {
    '"': ["“", "”", "``", "''"],
    "'": ["‘", "’"],
    "-": ["–", "—"],
    "'s": ["’s"],
    "n't": ["n’t"],
}


def augment(sentence, generator):
    """Words of the sentence in another typography; the count of words stays."""
    words = sentence.words
    chance = generator.random()
    if chance < 0.03:
        words = [word.lower() for word in words]
    elif chance < 0.06:
        words = [word.upper() for word in words]
    elif chance < 0.08:
        words = [word[:1].upper() + word[1:] for word in words]
    if generator.random() < 0.2:
        words = [generator.choice(QUOTES[word]) if word in QUOTES else word for word in words]
    return words


class Targets:
    """Gold annotation as indices of the label tables."""

    def __init__(self, tags, relations, names):
        self.tags = {tuple(tag): i for i, tag in enumerate(tags)}
        self.relations = {relation: i for i, relation in enumerate(relations)}
        self.names = {name: i for i, name in enumerate(names)}

    def targets(self, sentence):
        nothing = [-1] * len(sentence.words)
        tags = heads = relations = names = nothing
        if sentence.heads:
            tags = [self.tags.get(tag, -1) for tag in zip(sentence.universal, sentence.fine)]
            heads = sentence.heads
            relations = [self.relations.get(name, -1) for name in sentence.relations]
        if sentence.names:
            names = [self.names.get(name, -1) for name in sentence.names]
        return tags, heads, relations, names

    def padded_targets(self, sentences, width):
        """Tags, heads, relations and names; -1 where a corpus says nothing."""
        tensors = [torch.full((len(sentences), width), -1) for _ in range(4)]
        for i, sentence in enumerate(sentences):
            for tensor, values in zip(tensors, self.targets(sentence)):
                tensor[i, : len(values)] = torch.tensor(values)
        return tensors


class Preparation(Targets):
    """Turns sentences into padded batches for the accurate reader."""

    def __init__(self, wordpiece, tags, relations, names):
        super().__init__(tags, relations, names)
        self.wordpiece = wordpiece

    def features(self, words):
        pieces, owners, shapes, counts, word_shapes = [self.wordpiece.start], [-1], [0], [], []
        for i, word in enumerate(words):
            found, shape = self.wordpiece(word), word_shape(word)
            pieces += found
            owners += [i] * len(found)
            shapes += [shape] * len(found)
            counts.append(len(found))
            word_shapes.append(shape)
        return pieces + [self.wordpiece.end], owners + [-1], shapes + [0], counts, word_shapes

    def piece_count(self, sentence):
        return 2 + sum(len(self.wordpiece(word)) for word in sentence.words)

    def batch(self, sentences, generator=None):
        """Input tensors and targets (-1 where a corpus says nothing)."""
        words = [augment(s, generator) if generator else s.words for s in sentences]
        features = [self.features(w) for w in words]
        length = max(len(f[0]) for f in features)
        width = max(len(w) for w in words)
        count = len(sentences)
        full = lambda size, value: torch.full((count, size), value, dtype=torch.long)
        pieces, owners, piece_shapes = full(length, 0), full(length, width), full(length, 0)
        counts, shapes = full(width, 0), full(width, 0)
        for i, (sentence, row) in enumerate(zip(sentences, features)):
            n, w = len(row[0]), len(row[3])
            pieces[i, :n] = torch.tensor(row[0])
            owner = torch.tensor(row[1])
            owners[i, :n] = owner.masked_fill(owner < 0, width)
            piece_shapes[i, :n] = torch.tensor(row[2])
            counts[i, :w] = torch.tensor(row[3])
            shapes[i, :w] = torch.tensor(row[4])
        batch = {
            "pieces": pieces,
            "piece_words": owners,
            "piece_shapes": piece_shapes,
            "lengths": torch.tensor([len(f[0]) for f in features]),
            "piece_counts": counts,
            "shapes": shapes,
            "mask": counts > 0,
        }
        return batch, self.padded_targets(sentences, width)


class FastPreparation(Targets):
    """Turns sentences into padded batches for the fast reader."""

    def __init__(self, features, tags, relations, names):
        super().__init__(tags, relations, names)
        self.features = features

    def batch(self, sentences, generator=None):
        """Input tensors and targets (-1 where a corpus says nothing)."""
        words = [augment(s, generator) if generator else s.words for s in sentences]
        width, count = max(len(w) for w in words), len(words)
        rows = torch.full((count, width), len(self.features.words))
        shapes = torch.zeros((count, width), dtype=torch.long)
        mask = torch.zeros((count, width), dtype=torch.bool)
        parts, offsets = [], []
        for i, sentence in enumerate(words):
            found = [self.features(word) for word in sentence]
            rows[i, : len(found)] = torch.tensor([f[0] for f in found])
            shapes[i, : len(found)] = torch.tensor([f[2] for f in found])
            mask[i, : len(found)] = True
            for feature in found:
                offsets.append(len(parts))
                parts += feature[1]
            offsets += [len(parts)] * (width - len(found))
        batch = {
            "rows": rows,
            "shapes": shapes,
            "parts": torch.tensor(parts),
            "part_offsets": torch.tensor(offsets),
            "mask": mask,
        }
        return batch, self.padded_targets(sentences, width)


def group(sentences, size_of, budget, generator=None):
    """Groups of sentences of like length whose padded size stays within the budget."""
    jitter = (lambda: generator.random() * 3) if generator else (lambda: 0)
    ordered = sorted(sentences, key=lambda s: size_of(s) + jitter())
    groups, current, longest = [], [], 0
    for sentence in ordered:
        size = size_of(sentence)
        if current and max(longest, size) * (len(current) + 1) > budget:
            groups.append(current)
            current, longest = [], 0
        current.append(sentence)
        longest = max(longest, size)
    if current:
        groups.append(current)
    if generator:
        generator.shuffle(groups)
    return groups
