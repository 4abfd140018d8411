"""Scores a reader on a treebank: tags, attachment with and without punctuation, names."""

import collections

import torch

from batching import group
from decoding import best_names, best_tree, name_transitions, spans

LISTED = "nsubj obj obl nmod conj acl:relcl ccomp advcl appos".split()


def predict(reader, preparation, sentences, tables, budget=3000):
    """Yields (sentence, tags, heads, relations, names, margins) for every sentence."""
    tags, relations, names = tables["tags"], tables["relations"], tables["names"]
    transitions = name_transitions(names)
    reader.eval()
    size_of = lambda s: len(s.words)
    with torch.no_grad():
        for sentences_of_group in group(sentences, size_of, budget):
            batch, _ = preparation.batch(sentences_of_group)
            tag_scores, name_scores, arcs, label_head, label_dependent = reader(batch)
            width = arcs.shape[1]
            arcs[:, torch.arange(width), torch.arange(width) + 1] = -1e9
            log_probabilities = arcs.log_softmax(-1)
            heads = torch.zeros(arcs.shape[:2], dtype=torch.long)
            for i, sentence in enumerate(sentences_of_group):
                n = len(sentence.words)
                tree = best_tree(log_probabilities[i, :n, : n + 1].double().numpy())
                heads[i, :n] = torch.tensor(tree)
            labels = reader.heads.labels(label_head, label_dependent, heads)
            for i, sentence in enumerate(sentences_of_group):
                n = len(sentence.words)
                found = heads[i, :n].tolist()
                scores = labels[i, :n].float()
                root = relations.index("root")
                for j, head in enumerate(found):
                    if head:
                        scores[j, root] = -1e9
                    else:
                        scores[j] = -1e9
                        scores[j, root] = 0
                yield (
                    sentence,
                    [tags[k] for k in tag_scores[i, :n].argmax(-1).tolist()],
                    found,
                    [relations[k] for k in scores.argmax(-1).tolist()],
                    [names[k] for k in best_names(name_scores[i, :n].float().numpy(), transitions)],
                    [log_probabilities[i, j, h].exp().item() for j, h in enumerate(found)],
                )


def evaluate(reader, preparation, sentences, tables, by_relation=False):
    """Percentages over the sentences."""
    c, r = collections.Counter(), collections.Counter()
    for s, tags, heads, relations, names, _ in predict(reader, preparation, sentences, tables):
        for j in range(len(s.words)):
            right = heads[j] == s.heads[j]
            labelled = right and relations[j] == s.relations[j]
            c["words"] += 1
            c["UPOS"] += tags[j][0] == s.universal[j]
            c["XPOS"] += tags[j][1] == s.fine[j]
            c["UAS"] += right
            c["LAS"] += labelled
            if s.universal[j] != "PUNCT":
                c["plain"] += 1
                c["UAS-"] += right
                c["LAS-"] += labelled
            r["gold", s.relations[j]] += 1
            r["found", relations[j]] += 1
            r["right", relations[j]] += labelled
        if s.names:
            gold, found = spans(s.names), spans(names)
            c["gold"] += len(gold)
            c["found"] += len(found)
            c["right"] += len(gold & found)
            for kind in ("PER", "ORG", "LOC"):
                only = lambda some: {span for span in some if span[2] == kind}
                r["gold", kind] += len(only(gold))
                r["found", kind] += len(only(found))
                r["right", kind] += len(only(gold & found))
    percent = lambda name, of: round(100 * c[name] / max(1, c[of]), 2)
    result = {name: percent(name, "words") for name in ("UPOS", "XPOS", "UAS", "LAS")}
    result |= {name: percent(name, "plain") for name in ("UAS-", "LAS-")}
    f1 = lambda key: round(
        200 * r["right", key] / max(1, r["gold", key] + r["found", key]), 1
    )
    if c["gold"]:
        result["names"] = round(200 * c["right"] / (c["gold"] + c["found"]), 2)
        result |= {kind: f1(kind) for kind in ("PER", "ORG", "LOC")}
    if by_relation:
        result["F1"] = {name: f1(name) for name in LISTED}
    return result
