"""From scores to a tree and to names."""

import numpy as np

IMPOSSIBLE = -1e9


def is_tree(heads):
    """Whether heads[1..] (heads[0] unused) form a tree with exactly one root."""
    count = len(heads) - 1
    if sum(1 for head in heads[1:] if head == 0) != 1:
        return False
    settled = [True] + [False] * count
    for start in range(1, count + 1):
        path, node = [], start
        while not settled[node]:
            if node in path:
                return False
            path.append(node)
            node = heads[node]
        for node in path:
            settled[node] = True
    return True


def _find_cycle(heads):
    size = len(heads)
    colour = [0] * size
    for start in range(1, size):
        path, node = [], start
        while node != 0 and colour[node] == 0:
            colour[node] = start
            path.append(node)
            node = heads[node]
        if node != 0 and colour[node] == start and node in path:
            return path[path.index(node) :]
    return None


def _arborescence(scores):
    """Chu-Liu/Edmonds: best head of each node, scores[dependent][head], node 0 the root."""
    size = scores.shape[0]
    scores = scores.copy()
    np.fill_diagonal(scores, IMPOSSIBLE)
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    inside = set(cycle)
    rest = [node for node in range(size) if node not in inside]
    place = {node: i for i, node in enumerate(rest)}
    contracted = len(rest)
    smaller = np.full((contracted + 1, contracted + 1), IMPOSSIBLE)
    leave, enter = {}, {}
    for node in rest:
        for head in rest:
            smaller[place[node], place[head]] = scores[node, head]
        values = [scores[node, member] for member in cycle]
        best = int(np.argmax(values))
        smaller[place[node], contracted], leave[node] = values[best], cycle[best]
        values = [scores[member, node] - scores[member, heads[member]] for member in cycle]
        best = int(np.argmax(values))
        smaller[contracted, place[node]], enter[node] = values[best], cycle[best]
    solved = _arborescence(smaller)
    result = heads.copy()
    for node in rest:
        if node:
            head = solved[place[node]]
            result[node] = leave[node] if head == contracted else rest[head]
    source = rest[solved[contracted]]
    result[enter[source]] = source
    return result


def best_tree(log_probabilities):
    """Heads of the best single-rooted tree; row d-1 holds the scores of dependent d's heads."""
    count = log_probabilities.shape[0]
    greedy = [0] + log_probabilities.argmax(1).tolist()
    if is_tree(greedy):
        return greedy[1:]
    scores = np.full((count + 1, count + 1), IMPOSSIBLE)
    scores[1:] = log_probabilities[:, : count + 1]
    heads = _arborescence(scores)
    roots = [node for node in range(1, count + 1) if heads[node] == 0]
    if len(roots) > 1:
        best, best_value = None, -np.inf
        for root in roots:
            forced = scores.copy()
            forced[1:, 0] = IMPOSSIBLE / 10
            forced[root, 0] = -IMPOSSIBLE / 10
            candidate = _arborescence(forced)
            value = sum(scores[node, candidate[node]] for node in range(1, count + 1))
            if value > best_value:
                best, best_value = candidate, value
        heads = best
    return [int(head) for head in heads[1:]]


def name_transitions(tags):
    """0 where a tag may follow another, IMPOSSIBLE where not; the last row is the start."""
    size = len(tags)
    allowed = np.zeros((size + 1, size))
    for j, tag in enumerate(tags):
        if tag[0] == "I":
            for i in range(size + 1):
                if i == size or tags[i][2:] != tag[2:]:
                    allowed[i, j] = IMPOSSIBLE
    return allowed


def best_names(scores, transitions):
    """Viterbi: indices of the best allowed tag sequence."""
    best = scores[0] + transitions[-1]
    back = []
    for row in scores[1:]:
        candidates = best[:, None] + transitions[:-1]
        back.append(candidates.argmax(0))
        best = candidates.max(0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def spans(tags):
    """(start, end, kind) of each name."""
    found, start, kind = set(), None, None
    for i, tag in enumerate([tag or "O" for tag in tags] + ["O"]):
        if start is not None and (tag == "O" or tag[0] == "B" or tag[2:] != kind):
            found.add((start, i, kind))
            start = None
        if tag != "O" and start is None:
            start, kind = i, tag[2:]
    return found
