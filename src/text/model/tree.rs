//! From scores of arcs to the best tree with exactly one root.

/// What is taken from every arc of the root: more than any tree can lose elsewhere, so that the
/// best tree has as few of them as possible, which is one.
const ROOT_PENALTY: f64 = 1e9;

/// Stands for a score that is no number.
const WORST: f64 = -1e5;

/// Heads of the best tree: for each word 0 (the root) or the number of its head, from 1.
///
/// `scores` has a row for each word with the scores of heads 0 to `words`. If the best heads of
/// all words form a tree, they are the answer; else the algorithm of Chu, Liu and Edmonds runs in
/// the square of the number of words.
pub(super) fn best_tree(scores: &[f32], words: usize) -> Vec<usize> {
    let best: Vec<usize> = scores
        .chunks(words + 1)
        .enumerate()
        .map(|(word, row)| {
            let heads = row.iter().enumerate().filter(|(head, _)| *head != word + 1);
            heads.fold((0, f32::NEG_INFINITY), |best, (head, score)| {
                if *score > best.1 {
                    (head, *score)
                } else {
                    best
                }
            })
        })
        .map(|(head, _)| head)
        .collect();
    if is_tree(&best) {
        best
    } else {
        Arborescence::new(scores, words).solve()
    }
}

/// Whether every word leads to the root and exactly one word hangs on it.
pub(super) fn is_tree(heads: &[usize]) -> bool {
    let head_of = |word: usize| heads.get(word.wrapping_sub(1)).copied().unwrap_or_default();
    let mut settled = vec![false; heads.len() + 1];
    let mut path = Vec::new();
    for start in 1..=heads.len() {
        let mut word = start;
        path.clear();
        while word != 0 && settled.get(word) == Some(&false) {
            if path.len() > heads.len() || head_of(word) > heads.len() {
                return false;
            }
            path.push(word);
            word = head_of(word);
        }
        for word in &path {
            if let Some(settled) = settled.get_mut(*word) {
                *settled = true;
            }
        }
    }
    heads.iter().filter(|head| **head == 0).count() == 1
}

/// An arc between words, by number.
type Arc = (u16, u16);

/// Several nodes made one, each with the arc that enters it within the cycle.
struct Contraction {
    members: Vec<(usize, Arc)>,
}

/// The graph while cycles are contracted in place: a cycle lives on in the slot of one member.
struct Arborescence {
    size: usize,
    /// Scores and original arcs, a row for each dependent slot.
    scores: Vec<f64>,
    arcs: Vec<Arc>,
    /// Slots of words and contractions that are left, without the root.
    alive: Vec<usize>,
    /// For each slot the slot of its best head, and the slot it lives on in.
    best: Vec<usize>,
    merged: Vec<usize>,
    /// For each slot its node: a word, or beyond the words a contraction.
    nodes: Vec<usize>,
    /// For each node the contraction it is in.
    parents: Vec<usize>,
    contractions: Vec<Contraction>,
}

impl Arborescence {
    fn new(scores: &[f32], words: usize) -> Self {
        let size = words + 1;
        let mut all = vec![WORST; size];
        all.extend(scores.iter().map(|score| {
            if score.is_finite() {
                f64::from(*score)
            } else {
                WORST
            }
        }));
        for row in all.chunks_mut(size) {
            if let Some(root) = row.first_mut() {
                *root -= ROOT_PENALTY;
            }
        }
        let number = |index: usize| u16::try_from(index).unwrap_or(u16::MAX);
        let arcs = (0..size * size).map(|cell| (number(cell % size), number(cell / size)));
        Self {
            size,
            scores: all,
            arcs: arcs.collect(),
            alive: (1..size).collect(),
            best: vec![0; size],
            merged: (0..size).collect(),
            nodes: (0..size).collect(),
            parents: vec![usize::MAX; size],
            contractions: Vec::new(),
        }
    }

    fn solve(mut self) -> Vec<usize> {
        for slot in 1..self.size {
            self.choose(slot);
        }
        let mut settled = vec![false; self.size];
        for start in 1..self.size {
            let mut path: Vec<usize> = Vec::new();
            let mut slot = self.find(start);
            while slot != 0 && settled.get(slot) == Some(&false) {
                if let Some(place) = path.iter().position(|on_path| *on_path == slot) {
                    let cycle = path.split_off(place);
                    slot = self.contract(&cycle);
                }
                path.push(slot);
                slot = self.find(value(&self.best, slot));
            }
            for slot in path {
                set(&mut settled, slot, true);
            }
        }
        self.expand()
    }

    /// The slot that a slot lives on in.
    fn find(&mut self, slot: usize) -> usize {
        let mut last = slot;
        while value(&self.merged, last) != last {
            last = value(&self.merged, last);
        }
        set(&mut self.merged, slot, last);
        last
    }

    fn score(&self, dependent: usize, head: usize) -> f64 {
        self.scores
            .get(dependent * self.size + head)
            .copied()
            .unwrap_or(WORST)
    }

    fn arc(&self, dependent: usize, head: usize) -> Arc {
        self.arcs
            .get(dependent * self.size + head)
            .copied()
            .unwrap_or_default()
    }

    fn put(&mut self, dependent: usize, head: usize, score: f64, arc: Arc) {
        set(&mut self.scores, dependent * self.size + head, score);
        set(&mut self.arcs, dependent * self.size + head, arc);
    }

    /// Chooses the best head of a slot among what is left.
    fn choose(&mut self, slot: usize) {
        let (mut best, mut best_score) = (0, self.score(slot, 0));
        for head in &self.alive {
            let score = self.score(slot, *head);
            if *head != slot && score > best_score {
                (best, best_score) = (*head, score);
            }
        }
        set(&mut self.best, slot, best);
    }

    /// Makes a cycle one node and chooses its head; returns its slot.
    fn contract(&mut self, cycle: &[usize]) -> usize {
        let kept = cycle.first().copied().unwrap_or_default();
        let node = self.parents.len();
        let mut members = Vec::with_capacity(cycle.len());
        let mut within = Vec::with_capacity(cycle.len());
        for slot in cycle {
            let head = value(&self.best, *slot);
            let head = self.find(head);
            members.push((value(&self.nodes, *slot), self.arc(*slot, head)));
            within.push((*slot, self.score(*slot, head)));
        }
        for (member, _) in &members {
            set(&mut self.parents, *member, node);
        }
        self.parents.push(usize::MAX);
        self.contractions.push(Contraction { members });
        self.alive.retain(|slot| !cycle.contains(slot));
        for other in std::iter::once(0).chain(self.alive.clone()) {
            let entering = within
                .iter()
                .map(|(slot, lost)| (*slot, self.score(*slot, other) - lost));
            if let Some((slot, score)) = largest(entering) {
                self.put(kept, other, score, self.arc(slot, other));
            }
            let leaving = cycle.iter().map(|slot| (*slot, self.score(other, *slot)));
            if let Some((slot, score)) = largest(leaving) {
                self.put(other, kept, score, self.arc(other, slot));
            }
        }
        for slot in cycle {
            set(&mut self.merged, *slot, kept);
        }
        set(&mut self.nodes, kept, node);
        self.choose(kept);
        self.alive.push(kept);
        kept
    }

    /// Opens the contractions, the last first: the arc that enters one replaces the arc within
    /// the cycle of the member it enters.
    fn expand(mut self) -> Vec<usize> {
        let mut entering = vec![(0, 0); self.parents.len()];
        for slot in self.alive.clone() {
            let head = value(&self.best, slot);
            let head = self.find(head);
            set(
                &mut entering,
                value(&self.nodes, slot),
                self.arc(slot, head),
            );
        }
        for (index, contraction) in self.contractions.iter().enumerate().rev() {
            let node = self.size + index;
            let arc = value(&entering, node);
            let mut entered = usize::from(arc.1);
            while entered < node && value(&self.parents, entered) != node {
                entered = value(&self.parents, entered);
            }
            for (member, within) in &contraction.members {
                set(
                    &mut entering,
                    *member,
                    if *member == entered { arc } else { *within },
                );
            }
        }
        entering
            .iter()
            .take(self.size)
            .skip(1)
            .map(|arc| usize::from(arc.0))
            .collect()
    }
}

fn largest(candidates: impl Iterator<Item = (usize, f64)>) -> Option<(usize, f64)> {
    candidates.reduce(|best, next| if next.1 > best.1 { next } else { best })
}

fn value<T: Copy + Default>(values: &[T], index: usize) -> T {
    values.get(index).copied().unwrap_or_default()
}

fn set<T>(values: &mut [T], index: usize, value: T) {
    if let Some(place) = values.get_mut(index) {
        *place = value;
    }
}

#[cfg(test)]
mod tests;
