//! From scores of name tags to the best sequence.

use crate::text::document::NameTag;

/// The best allowed sequence (Viterbi 1967): an inside tag only follows a tag of its kind.
/// `scores` has a row for each word with the scores of `tags`.
pub(super) fn best_names(scores: &[f32], tags: &[NameTag]) -> Vec<NameTag> {
    let count = tags.len().max(1);
    let mut totals = vec![0.0f32; count];
    let mut back: Vec<usize> = Vec::with_capacity(scores.len());
    for (word, row) in scores.chunks_exact(count).enumerate() {
        let mut next = Vec::with_capacity(count);
        for (tag, score) in tags.iter().zip(row) {
            let allowed = totals.iter().enumerate().filter(|(previous, _)| {
                let previous = if word == 0 {
                    Some(NameTag::Outside)
                } else {
                    tags.get(*previous).copied()
                };
                previous.is_some_and(|previous| may_follow(*tag, previous))
            });
            let best = allowed.fold((0, f32::NEG_INFINITY), |best, (previous, total)| {
                if *total > best.1 {
                    (previous, *total)
                } else {
                    best
                }
            });
            back.push(best.0);
            next.push(best.1 + score);
        }
        totals = next;
    }
    let last = totals
        .iter()
        .enumerate()
        .fold((0, f32::NEG_INFINITY), |best, (tag, total)| {
            if *total > best.1 { (tag, *total) } else { best }
        });
    let mut path = Vec::with_capacity(scores.len() / count);
    let mut tag = last.0;
    for pointers in back.chunks_exact(count).rev() {
        path.push(tags.get(tag).copied().unwrap_or_default());
        tag = pointers.get(tag).copied().unwrap_or_default();
    }
    path.reverse();
    path
}

fn may_follow(tag: NameTag, previous: NameTag) -> bool {
    match (tag, previous) {
        (NameTag::Inside(kind), NameTag::Begin(before) | NameTag::Inside(before)) => kind == before,
        (NameTag::Inside(_), NameTag::Outside) => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests;
