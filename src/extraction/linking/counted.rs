//! Numbers that stand alone for things counted before.

use crate::fact::Argument;
use crate::text::dependency::Relation as R;

use super::super::phrase::Phrase;
use super::super::tree::Tree;
use super::{ANTECEDENT, Linked, Linker, Reference, UNRESOLVED};

impl Linker<'_> {
    /// "Three" of what was counted before; as a subject, a number of nothing told is nobody.
    pub(super) fn counted(&self, tree: &Tree<'_>, phrase: &Phrase, text: &str) -> Option<Linked> {
        // "2030" is no number of things.
        let is_time = self
            .value_at(phrase.head)
            .is_some_and(|value| value.kind == "time");
        if is_time {
            return None;
        }
        let counted = self.antecedents?.counted(tree, self.sentence, phrase)?;
        if !counted.is_empty() {
            let argument = Argument::phrase(text, counted);
            return Some(Linked::new(argument, ANTECEDENT, Reference::Antecedent));
        }
        let name = self.normal_form(tree, &phrase.tokens);
        let is_subject = tree.relation(phrase.head) != R::Object;
        is_subject.then(|| {
            Linked::new(
                Argument::phrase(text, name),
                UNRESOLVED,
                Reference::Unresolved,
            )
        })
    }
}
