//! Names of firms that a model cuts: "Orvel" of "Orvel Trading".

use crate::fact::EntityKind;
use crate::text::document::{Sentence, Token};
use crate::text::entity::Name;
use crate::text::tag::UniversalTag;
use crate::text::word_list::WordList;

/// Words that end the names of firms, and of little else.
static ENDINGS: WordList = WordList::new(
    "trading holding holdings partners capital energy foods motors airlines \
    airways industries pharmaceuticals therapeutics technologies systems resources mining minerals \
    petroleum oil steel shipping shipbuilding buses coaches railways logistics media pictures \
    studios entertainment insurance securities investments ventures properties developments \
    construction engineering electronics telecom telecommunications communications software \
    laboratories breweries stores supermarkets hotels aviation aerospace robotics biosciences \
    analytics consulting advisers advisors",
);

/// "Orvel Trading said": a name takes in the capitalised noun that it stands before, where that
/// is what firms are called.
pub(super) fn join_firm_names(sentences: &[Sentence], all: &mut [Vec<Name>]) {
    for (sentence, names) in sentences.iter().zip(all) {
        let tokens = &sentence.tokens;
        let starts: Vec<usize> = names.iter().map(|name| name.first).collect();
        for name in names.iter_mut() {
            let next = name.last + 1;
            if !starts.contains(&next) && is_ending(tokens, next) && is_joined(tokens, name, next) {
                name.last = next;
                name.kind = EntityKind::Organization;
                name.is_tagged = true;
            }
        }
    }
}

fn is_ending(tokens: &[Token], place: usize) -> bool {
    tokens.get(place).is_some_and(|token| {
        let lower = token.form.to_lowercase();
        token.universal_tag == UniversalTag::ProperNoun
            && token.form.starts_with(char::is_uppercase)
            && ENDINGS.contains(&lower)
    })
}

/// Whether a name hangs on the word behind it.
fn is_joined(tokens: &[Token], name: &Name, next: usize) -> bool {
    let hangs = |token: &Token| {
        token.head == Some(next) && matches!(token.relation.universal(), "compound" | "flat")
    };
    let follows = tokens.get(next).is_some_and(|token| {
        let is_within = token
            .head
            .is_some_and(|head| (name.first..=name.last).contains(&head));
        is_within && matches!(token.relation.universal(), "compound" | "flat")
    });
    let words = tokens.get(name.first..=name.last).unwrap_or(&[]);
    follows || words.iter().any(hangs)
}
