//! Which word was meant: the nearest one by edit distance.

/// The candidate nearest to a word, if one is near enough to be what was meant: one slip in a
/// short word, two in a longer one.
pub(super) fn nearest<'word>(
    word: &str,
    candidates: impl Iterator<Item = &'word str>,
) -> Option<&'word str> {
    let word = word.to_lowercase();
    let allowed = match word.chars().count() {
        0..=2 => return None,
        3..=5 => 1,
        _ => 2,
    };
    candidates
        .map(|candidate| (distance(&word, candidate), candidate))
        .filter(|&(distance, _)| distance <= allowed)
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

/// The number of letters to insert, delete, replace or swap with their neighbour (optimal
/// string alignment).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut last_letter = None;
    for (row, letter) in one.chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, &candidate) in other.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX);
            let replaced = at(&last, column) + usize::from(letter != candidate);
            let inserted = at(&current, column) + 1;
            let deleted = at(&last, column + 1) + 1;
            let mut least = replaced.min(inserted).min(deleted);
            let swapped = column.checked_sub(1).filter(|&previous| {
                last_letter == Some(candidate) && other.get(previous) == Some(&letter)
            });
            if let Some(previous) = swapped {
                least = least.min(at(&before, previous).saturating_add(1));
            }
            current.push(least);
        }
        before = std::mem::replace(&mut last, current);
        last_letter = Some(letter);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn a_swap_is_one_slip() {
        assert_eq!(distance("wehre", "where"), 1);
        assert_eq!(distance("fnd", "find"), 1);
        assert_eq!(distance("explian", "explain"), 1);
        assert_eq!(distance("", "find"), 4);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn only_what_is_near_is_meant() {
        let words = ["find", "where", "limit"];
        assert_eq!(nearest("Wher", words.into_iter()), Some("where"));
        assert_eq!(nearest("offer", words.into_iter()), None);
        assert_eq!(nearest("by", words.into_iter()), None);
    }
}
