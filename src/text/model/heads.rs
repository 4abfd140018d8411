//! The heads of both readers: tags, names, arcs and relations from the vectors of words.
//!
//! Arcs are scored by a biaffine product (Dozat and Manning 2017) of what a word is as a
//! dependent with what every other word and a learned root are as heads.

use archmage::prelude::*;

use super::activation::{Activations, Transformation};
use super::encoder::vector;
use super::instructions::{Instructions, dispatch};
use super::names::best_names;
use super::pointwise::{TOGETHER, dot, dots, exponential, leaky_rectifier};
use super::product::Linear;
use super::tree::best_tree;
use super::weights::{Rows, Weights, WeightsError};
use super::{SentenceAnalysis, WordAnalysis};
use crate::fact::EntityKind;
use crate::text::dependency::Relation;
use crate::text::document::NameTag;
use crate::text::tag::{FineTag, UniversalTag};

/// A tag is a rival of the best one if it is at least a twentieth as probable.
const RIVAL_DISTANCE: f32 = 3.0;

/// Words whose relations are scored together: their scores stay in the processor's cache.
const RELATION_WORDS: usize = 24;

/// The heads with their labels.
#[derive(Debug)]
pub(super) struct Heads {
    tags: Vec<(UniversalTag, FineTag)>,
    relations: Vec<Relation>,
    names: Vec<NameTag>,
    arc: usize,
    label: usize,
    slope: f32,
    /// Tags, names, arc head, arc dependent, label head and label dependent, side by side.
    projection: Linear,
    arc_bilinear: Linear,
    /// For each relation the factors of the label head, then for each relation its bias.
    relation_factors: Linear,
    root_arc: Vec<f32>,
    root_label: Vec<f32>,
}

/// Buffers of one run, used again for the next.
#[derive(Debug)]
pub(super) struct HeadsBuffers {
    activations: Activations,
    joined: Vec<f32>,
    dependents: Vec<f32>,
    factors: Vec<f32>,
    arcs: Vec<f32>,
    /// For each word its head in the sentence, and the probability of the arc.
    trees: Vec<(usize, f32)>,
    relations: Vec<(Relation, f32)>,
}

impl HeadsBuffers {
    pub(super) fn new(instructions: Instructions) -> Self {
        Self {
            activations: Activations::new(instructions),
            joined: Vec::new(),
            dependents: Vec::new(),
            factors: Vec::new(),
            arcs: Vec::new(),
            trees: Vec::new(),
            relations: Vec::new(),
        }
    }
}

/// Where in a joined row the parts begin.
struct Parts {
    names: usize,
    arc_head: usize,
    arc_dependent: usize,
    label_head: usize,
    label_dependent: usize,
    width: usize,
}

impl Heads {
    /// The heads of a weights file, for words of `width` values.
    ///
    /// # Errors
    ///
    /// If a tensor is missing or of the wrong shape, or a label is unknown.
    pub(super) fn new(
        weights: &Weights,
        instructions: Instructions,
        width: usize,
    ) -> Result<Self, WeightsError> {
        let wrong = |name: &str| WeightsError::Tensor(name.to_owned());
        let header = &weights.header;
        let slope = header.config.slope;
        let names = [
            "tags",
            "names",
            "arc_head",
            "arc_dependent",
            "label_head",
            "label_dependent",
        ];
        let mut parts = Vec::new();
        let mut biases = Vec::new();
        for name in names {
            let rows = weights.rows(&format!("heads.{name}.weight"))?;
            biases.push(vector(
                weights,
                &format!("heads.{name}.bias"),
                rows.scales.len(),
            )?);
            parts.push(rows);
        }
        let sizes: Vec<usize> = parts.iter().map(|part| part.scales.len()).collect();
        let [tags, name_tags, arc, arc_dependent, label, label_dependent] = sizes[..] else {
            return Err(wrong("heads"));
        };
        let fits = (tags, name_tags) == (header.tags.len(), header.names.len())
            && (arc, label) == (arc_dependent, label_dependent)
            && parts.iter().all(|part| part.columns == width);
        if !fits {
            return Err(wrong("heads"));
        }
        let root = weights.floats("heads.root")?;
        let rooted = |name: &str, bias: &Option<&Vec<f32>>| -> Result<Vec<f32>, WeightsError> {
            let rows = weights.floats(&format!("heads.{name}.weight"))?;
            let products = rows.chunks_exact(width).map(|row| dot(row, &root));
            let biases = bias.iter().flat_map(|bias| bias.iter());
            let mut values: Vec<f32> = products.zip(biases).map(|(a, b)| a + b).collect();
            leaky_rectifier(&mut values, slope);
            Ok(values)
        };
        let root_arc = rooted("arc_head", &biases.get(2))?;
        let root_label = rooted("label_head", &biases.get(4))?;
        let projection = Rows::stack(parts).ok_or_else(|| wrong("heads"))?;
        let arc_rows = weights.rows("heads.arc_bilinear.weight")?;
        let arc_bias = vector(weights, "heads.arc_bilinear.bias", arc)?;
        if arc_rows.columns != arc || arc_rows.scales.len() != arc {
            return Err(wrong("heads.arc_bilinear"));
        }
        Ok(Self {
            tags: labels(&header.tags, |(universal, fine)| {
                Some((
                    UniversalTag::from_treebank(universal)?,
                    FineTag::from_treebank(fine)?,
                ))
            })?,
            relations: labels(&header.relations, |text| Relation::from_treebank(text))?,
            names: labels(&header.names, |text| name_tag(text))?,
            arc,
            label,
            slope,
            projection: Linear::new(instructions, &projection, &biases.concat()),
            arc_bilinear: Linear::new(instructions, &arc_rows, &arc_bias),
            relation_factors: relation_factors(weights, instructions, label)?,
            root_arc,
            root_label,
        })
    }

    fn parts(&self) -> Parts {
        let names = self.tags.len();
        let arc_head = names + self.names.len();
        let arc_dependent = arc_head + self.arc;
        let label_head = arc_dependent + self.arc;
        let label_dependent = label_head + self.label;
        let width = label_dependent + self.label;
        Parts {
            names,
            arc_head,
            arc_dependent,
            label_head,
            label_dependent,
            width,
        }
    }

    /// Analyses sentences: `words` has their vectors, `width` values each, and `lengths` the
    /// number of words of each sentence.
    pub(super) fn run(
        &self,
        instructions: Instructions,
        words: &[f32],
        width: usize,
        lengths: &[usize],
        buffers: &mut HeadsBuffers,
        out: &mut Vec<SentenceAnalysis>,
    ) {
        let parts = self.parts();
        let HeadsBuffers {
            activations,
            joined,
            dependents,
            ..
        } = buffers;
        activations.fill(instructions, words, width, width, Transformation::Identity);
        self.projection.apply(instructions, activations, joined);
        for row in joined.chunks_exact_mut(parts.width) {
            leaky_rectifier(
                row.get_mut(parts.arc_head..).unwrap_or_default(),
                self.slope,
            );
        }
        let from = joined.get(parts.arc_dependent..).unwrap_or_default();
        activations.fill(
            instructions,
            from,
            parts.width,
            self.arc,
            Transformation::Identity,
        );
        self.arc_bilinear
            .apply(instructions, activations, dependents);
        self.attach(instructions, &parts, lengths, buffers);
        self.relate(instructions, &parts, lengths, buffers);
        self.assemble(&parts, lengths, buffers, out);
    }

    /// Finds the tree of each sentence.
    fn attach(
        &self,
        instructions: Instructions,
        parts: &Parts,
        lengths: &[usize],
        buffers: &mut HeadsBuffers,
    ) {
        let HeadsBuffers {
            joined,
            dependents,
            arcs,
            trees,
            ..
        } = buffers;
        trees.clear();
        let mut start = 0;
        for length in lengths {
            let end = start + length;
            arcs.clear();
            arcs.resize(length * (length + 1), 0.0);
            let words = joined
                .get(start * parts.width..end * parts.width)
                .unwrap_or_default();
            let dependents = dependents
                .get(start * self.arc..end * self.arc)
                .unwrap_or_default();
            let words = (words, parts.width, parts.arc_head);
            dispatch!(
                instructions,
                [score_arcs_v4x, score_arcs_v3, score_arcs_scalar],
                dependents,
                words,
                &self.root_arc,
                arcs
            );
            let heads = best_tree(arcs, *length);
            let rows = arcs.chunks_exact_mut(length + 1).zip(heads).enumerate();
            trees.extend(rows.map(|(word, (row, head))| {
                if let Some(itself) = row.get_mut(word + 1) {
                    *itself = f32::NEG_INFINITY;
                }
                (head, probability(row, head))
            }));
            start = end;
        }
    }

    /// Finds the relation of each word to its head.
    fn relate(
        &self,
        instructions: Instructions,
        parts: &Parts,
        lengths: &[usize],
        buffers: &mut HeadsBuffers,
    ) {
        let HeadsBuffers {
            activations,
            joined,
            factors,
            trees,
            relations,
            ..
        } = buffers;
        relations.clear();
        let starts = lengths.iter().scan(0, |next, length| {
            let start = *next;
            *next += length;
            Some(std::iter::repeat_n(start, *length))
        });
        let mut arcs = starts.flatten().zip(trees.iter());
        let mut scores = Vec::with_capacity(self.relations.len());
        for rows in joined.chunks(parts.width * RELATION_WORDS) {
            let from = rows.get(parts.label_dependent..).unwrap_or_default();
            activations.fill(
                instructions,
                from,
                parts.width,
                self.label,
                Transformation::Identity,
            );
            self.relation_factors
                .apply(instructions, activations, factors);
            for factors in factors.chunks_exact(self.relation_factors.outputs()) {
                let Some((start, (head, _))) = arcs.next() else {
                    break;
                };
                let vector = match head.checked_sub(1) {
                    None => self.root_label.as_slice(),
                    Some(head) => {
                        let place = (start + head) * parts.width + parts.label_head;
                        joined.get(place..place + self.label).unwrap_or_default()
                    }
                };
                let (factors, biases) = factors.split_at(self.relations.len() * self.label);
                dispatch!(
                    instructions,
                    [
                        score_relations_v4x,
                        score_relations_v3,
                        score_relations_scalar
                    ],
                    factors,
                    biases,
                    vector,
                    &mut scores
                );
                relations.push(self.best_relation(&scores, *head == 0));
            }
        }
    }

    /// The best relation, which is `root` exactly for the word that hangs on the root.
    fn best_relation(&self, scores: &[f32], is_root: bool) -> (Relation, f32) {
        let allowed = self.relations.iter().zip(scores).enumerate();
        let allowed =
            allowed.filter(|(_, (relation, _))| (**relation == Relation::Root) == is_root);
        let best = allowed.fold(None, |best: Option<(usize, f32)>, (index, (_, score))| {
            if best.is_none_or(|best| *score > best.1) {
                Some((index, *score))
            } else {
                best
            }
        });
        let index = best.map_or(0, |best| best.0);
        let relation = if is_root {
            Relation::Root
        } else {
            self.relations
                .get(index)
                .copied()
                .unwrap_or(Relation::Unspecified)
        };
        (relation, probability(scores, index))
    }

    fn assemble(
        &self,
        parts: &Parts,
        lengths: &[usize],
        buffers: &HeadsBuffers,
        out: &mut Vec<SentenceAnalysis>,
    ) {
        let mut rows = buffers.joined.chunks_exact(parts.width);
        let mut found = buffers.trees.iter().zip(&buffers.relations);
        let mut name_scores = Vec::new();
        for length in lengths {
            let mut words = Vec::with_capacity(*length);
            name_scores.clear();
            for (row, (tree, relation)) in rows.by_ref().zip(found.by_ref()).take(*length) {
                let (tag_scores, rest) = row.split_at(parts.names);
                name_scores.extend_from_slice(rest.get(..self.names.len()).unwrap_or_default());
                let best = largest(tag_scores);
                let (universal_tag, fine_tag) = self
                    .tags
                    .get(best)
                    .copied()
                    .unwrap_or((UniversalTag::Other, FineTag::Noun));
                words.push(WordAnalysis {
                    universal_tag,
                    fine_tag,
                    rivals: self.rivals(tag_scores, best),
                    head: tree.0,
                    relation: relation.0,
                    margin: tree.1 * relation.1,
                    name: NameTag::Outside,
                });
            }
            let names = best_names(&name_scores, &self.names);
            words
                .iter_mut()
                .zip(names)
                .for_each(|(word, name)| word.name = name);
            out.push(SentenceAnalysis { words });
        }
    }

    /// The tags whose scores come close to the best one's.
    fn rivals(&self, scores: &[f32], best: usize) -> Vec<(FineTag, f32)> {
        let best_score = scores.get(best).copied().unwrap_or_default();
        let scored = scores.iter().zip(&self.tags).enumerate();
        scored
            .filter(|(index, (score, _))| *index != best && **score > best_score - RIVAL_DISTANCE)
            .map(|(_, (score, (_, tag)))| (*tag, exponential(score - best_score)))
            .collect()
    }
}

/// Rows relation × label head with the factors that a dependent gives them, then a row for each
/// relation with its bias: score = factors · head + bias.
fn relation_factors(
    weights: &Weights,
    instructions: Instructions,
    label: usize,
) -> Result<Linear, WeightsError> {
    let wrong = || WeightsError::Tensor("heads.label_bilinear".to_owned());
    let relations = weights.header.relations.len();
    let bilinear = weights.rows("heads.label_bilinear")?;
    let linear = weights.rows("heads.label_linear_dependent.weight")?;
    let head_bias = vector(weights, "heads.label_linear_head.weight", relations * label)?;
    let bias = vector(weights, "heads.label_linear_dependent.bias", relations)?;
    if bilinear.scales.len() != relations * label || linear.scales.len() != relations {
        return Err(wrong());
    }
    let rows = Rows::stack(vec![bilinear, linear]).ok_or_else(wrong)?;
    Ok(Linear::new(
        instructions,
        &rows,
        &[head_bias, bias].concat(),
    ))
}

fn labels<T, U>(texts: &[T], known: impl Fn(&T) -> Option<U>) -> Result<Vec<U>, WeightsError>
where
    T: std::fmt::Debug,
{
    let find = |text| known(text).ok_or_else(|| WeightsError::Label(format!("{text:?}")));
    texts.iter().map(find).collect()
}

fn name_tag(text: &str) -> Option<NameTag> {
    let Some((mark, kind)) = text.split_once('-') else {
        return (text == "O").then_some(NameTag::Outside);
    };
    let kind = match kind {
        "PER" => EntityKind::Person,
        "ORG" => EntityKind::Organization,
        "LOC" => EntityKind::Place,
        _ => return None,
    };
    match mark {
        "B" => Some(NameTag::Begin(kind)),
        "I" => Some(NameTag::Inside(kind)),
        _ => None,
    }
}

fn largest(scores: &[f32]) -> usize {
    let best = scores
        .iter()
        .enumerate()
        .fold((0, f32::NEG_INFINITY), |best, (index, score)| {
            if *score > best.1 {
                (index, *score)
            } else {
                best
            }
        });
    best.0
}

/// The probability that the scores give to one of them.
fn probability(scores: &[f32], index: usize) -> f32 {
    let best = scores
        .iter()
        .fold(f32::NEG_INFINITY, |best, score| best.max(*score));
    let total: f32 = scores.iter().map(|score| exponential(score - best)).sum();
    let chosen = scores
        .get(index)
        .map_or(0.0, |score| exponential(score - best));
    if total > 0.0 { chosen / total } else { 0.0 }
}

/// Scores of every head (0 the root) for every word; `words` are joined rows with their width
/// and the place of the head's vector in them.
#[magetypes(+v4x, -v4, -neon, -wasm128)]
fn score_arcs(
    token: Token,
    dependents: &[f32],
    words: (&[f32], usize, usize),
    root: &[f32],
    arcs: &mut [f32],
) {
    let _ = token;
    let (words, stride, place) = words;
    let width = root.len().max(1);
    let count = dependents.len() / width;
    for (dependent, arcs) in dependents
        .chunks_exact(width)
        .zip(arcs.chunks_exact_mut(count + 1))
    {
        let heads = words
            .chunks_exact(stride)
            .filter_map(|row| row.get(place..place + width));
        let mut heads = std::iter::once(root).chain(heads);
        for arcs in arcs.chunks_mut(TOGETHER) {
            let group = std::array::from_fn(|_| heads.next().unwrap_or(root));
            let products = arcs.iter_mut().zip(dots(dependent, group));
            products.for_each(|(arc, product)| *arc = product);
        }
    }
}

/// Scores of every relation between a dependent, given by its factors and biases, and a head.
#[magetypes(+v4x, -v4, -neon, -wasm128)]
fn score_relations(
    token: Token,
    factors: &[f32],
    biases: &[f32],
    head: &[f32],
    scores: &mut Vec<f32>,
) {
    let _ = token;
    scores.clear();
    let width = head.len().max(1);
    let groups = factors.chunks(width * TOGETHER);
    for (factors, biases) in groups.zip(biases.chunks(TOGETHER)) {
        let mut rows = factors.chunks_exact(width);
        let group = std::array::from_fn(|_| rows.next().unwrap_or(head));
        let products = dots(head, group).into_iter().zip(biases);
        scores.extend(products.map(|(product, bias)| product + bias));
    }
}
