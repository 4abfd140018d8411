//! Which of the known words or names a mistyped one was meant to be.

/// How like a known name is to a written one; smaller is more alike. Slips of the hand weigh
/// two each, so that a name which only has more words stands between one slip and two.
pub(crate) type Likeness = usize;

const SLIP_WEIGHT: Likeness = 2;
const MORE_WORDS_WEIGHT: Likeness = 3;
const SAME_VERB_WEIGHT: Likeness = 5;

/// The known word that was most probably meant, if one is near enough: one slip (a letter added,
/// left out, changed or swapped with its neighbour) in a short word, two in a longer one. Case
/// does not count.
///
/// ```
/// let commands = ["predicates", "documents", "rules"];
/// assert_eq!(factbase::nearest_word("documnets", commands), Some("documents"));
/// assert_eq!(factbase::nearest_word("weather", commands), None);
/// ```
pub fn nearest_word<'word>(
    written: &str,
    known: impl IntoIterator<Item = &'word str>,
) -> Option<&'word str> {
    let written = written.to_lowercase();
    known
        .into_iter()
        .filter_map(|word| Some((slips(&written, &word.to_lowercase())?, word)))
        .min_by_key(|&(slips, _)| slips)
        .map(|(_, word)| word)
}

/// How like a name is to a written one, both without case and diacritics: within a few slips, or
/// with all its words and more ("lavrov" for "sergey lavrov").
pub(crate) fn name_likeness(written: &str, known: &str) -> Option<Likeness> {
    if let Some(slips) = slips(written, known) {
        return Some(slips * SLIP_WEIGHT);
    }
    // Nearly all names of a store end here, so that nothing is collected before.
    let first = written.split(' ').find(|word| !word.is_empty())?;
    if !known.contains(first) {
        return None;
    }
    let has = |word: &str| known.split(is_between_words).any(|other| other == word);
    let more = known.split(is_between_words).count();
    let has_all = written.split(is_between_words).all(has);
    has_all.then_some(MORE_WORDS_WEIGHT + more / 4)
}

/// How like a predicate is to a written one: as [`name_likeness`], or with the same verb
/// ("strive_to" for "strive_for").
pub(crate) fn predicate_likeness(written: &str, known: &str) -> Option<Likeness> {
    let verb = |name: &str| name.split('_').next().map(str::to_owned);
    let is_same_verb = || verb(written) == verb(known) && verb(known).as_deref() != Some("be");
    name_likeness(written, known).or_else(|| is_same_verb().then_some(SAME_VERB_WEIGHT))
}

/// The number of slips between two words, if it is small for their length.
fn slips(written: &str, known: &str) -> Option<usize> {
    let length = written.chars().count();
    let allowed = match length {
        0..=2 => 0,
        3..=5 => 1,
        6..=11 => 2,
        _ => 3,
    };
    if known.chars().count().abs_diff(length) > allowed {
        return None;
    }
    Some(strsim::osa_distance(written, known)).filter(|&slips| slips <= allowed)
}

fn is_between_words(letter: char) -> bool {
    !letter.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swap_is_one_slip_and_short_words_allow_but_one() {
        let words = ["find", "where", "limit", "explain"];
        for (written, meant) in [
            ("Wehre", Some("where")),
            ("fnd", Some("find")),
            ("explian", Some("explain")),
            ("offer", None),
            ("by", None),
            ("", None),
        ] {
            assert_eq!(nearest_word(written, words), meant, "{written}");
        }
    }

    #[test]
    fn a_part_of_a_name_finds_it_before_two_slips_do() {
        let likeness = |known| name_likeness("lavrov", known);
        assert!(likeness("sergey lavrov") > likeness("lavrow"));
        assert!(likeness("sergey lavrov") < likeness("lawrow"));
        assert_eq!(likeness("lavrovsky district"), None);
        assert_eq!(name_likeness("", "sergey lavrov"), None);
    }

    #[test]
    fn another_verb_of_the_same_preposition_is_not_meant() {
        assert_eq!(predicate_likeness("strive_for", "give_for"), None);
        assert_eq!(predicate_likeness("strive_for", "travel_for"), None);
        assert!(predicate_likeness("strive_for", "strive_to").is_some());
        assert!(predicate_likeness("bron_in", "born_in").is_some());
        assert_eq!(predicate_likeness("me", "be"), None);
    }
}
