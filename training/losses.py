"""What either reader is trained against: the treebanks, name corpora and teachers' lessons."""

import torch
import torch.nn.functional as F

from data import Sentence

NAME_WEIGHT = 1.0
TAG_WEIGHT = 0.5


def cross_entropy(scores, targets):
    """Mean over the targets that are known; zero if none is."""
    known = targets >= 0
    if not bool(known.any()):
        return scores.sum() * 0
    return F.cross_entropy(scores[known], targets[known])


def label_scores(reader, outputs, heads):
    """Scores of the relations to the given heads; unknown heads (-1) count as the root."""
    return reader.heads.labels(outputs[3], outputs[4], heads.clamp(min=0))


def gold_loss(outputs, labels, targets):
    """The sum of the four heads' losses against the treebank; `labels` are of its heads."""
    tag_scores, name_scores, arcs = outputs[:3]
    tags, heads, relations, names = targets
    return (
        cross_entropy(arcs.float(), heads)
        + cross_entropy(labels, relations)
        + TAG_WEIGHT * cross_entropy(tag_scores.float(), tags)
        + NAME_WEIGHT * cross_entropy(name_scores.float(), names)
    )


def read_lessons(path):
    """Annotated sentences, plain sentences and label tables of a teacher's file."""
    stored = torch.load(path, weights_only=False)
    sentences = [Sentence(**entry) for entry in stored["sentences"]]
    annotated = [s for s in sentences if s.identifier != "raw"]
    return annotated, [s for s in sentences if s.identifier == "raw"], stored["tables"]


def soft_tensors(sentences, width):
    """The lessons of a batch, padded; probabilities of padding are zero."""
    count = len(sentences)
    found = {}
    for name in ("tags", "arcs", "labels"):
        kept = max(sentence.soft[name][0].shape[-1] for sentence in sentences)
        indices = torch.zeros((count, width, kept), dtype=torch.long)
        shares = torch.zeros((count, width, kept))
        for i, sentence in enumerate(sentences):
            some, values = sentence.soft[name]
            indices[i, : len(some), : some.shape[-1]] = some.long()
            shares[i, : len(some), : some.shape[-1]] = values.float()
        found[name] = (indices, shares)
    heads = torch.zeros((count, width), dtype=torch.long)
    names = torch.zeros((count, width, sentences[0].soft["names"].shape[-1]))
    for i, sentence in enumerate(sentences):
        heads[i, : len(sentence.words)] = sentence.soft["heads"].long()
        names[i, : len(sentence.words)] = sentence.soft["names"].float()
    return found, heads, names


def soft_loss(outputs, labels, lessons, mask):
    """Cross-entropy of the four heads with the teachers' probabilities, by word."""
    tag_scores, name_scores, arcs = outputs[:3]
    found, _, names = lessons
    words = mask.sum()
    against = lambda scores, lesson: -(
        (scores.log_softmax(-1).gather(-1, lesson[0]).clamp(min=-30) * lesson[1]).sum() / words
    )
    named = -(name_scores.log_softmax(-1) * names).sum() / words
    return (
        against(arcs, found["arcs"])
        + against(labels, found["labels"])
        + TAG_WEIGHT * against(tag_scores, found["tags"])
        + NAME_WEIGHT * named
    )


def lessons_loss(reader, outputs, batch, targets, sentences, gold_weight):
    """The lessons' loss, and the treebank's for the sentences that have annotation.

    The heads of lessons are the treebank's where it has any, so that the relations are scored once.
    """
    lessons = soft_tensors(sentences, batch["mask"].shape[1])
    labels = label_scores(reader, outputs, lessons[1])
    loss = soft_loss(outputs, labels, lessons, batch["mask"])
    annotated = sum(len(s.words) for s in sentences if s.heads or s.names)
    if annotated:
        share = annotated / sum(len(s.words) for s in sentences)
        loss = loss + gold_weight * share * gold_loss(outputs, labels, targets)
    return loss
