//! Who says what a proposition says, by name.

use crate::fact::Attribution;

use super::super::attribution;
use super::super::phrase;
use super::super::predicate;
use super::super::proposition::Proposition;
use super::Assembler;

impl Assembler<'_> {
    pub(super) fn attribution(&self, proposition: &Proposition) -> Option<Attribution> {
        let tree = self.tree;
        if let Some(speech) = proposition.speech {
            let mut phrase = phrase::alone(tree, speech.speaker)?;
            attribution::without_content(tree, &mut phrase);
            let speaker = self.linker.name(tree, &phrase);
            // "We urge them": whoever is quoted says so.
            let is_first = matches!(tree.lower(speech.speaker), "we" | "i");
            let quoted = self.linker.quoted_speaker(tree, proposition.head);
            if let Some((speaker, verb)) = quoted.filter(|_| is_first) {
                return Some(Attribution { speaker, verb });
            }
            let verb = speech
                .verb
                .map_or_else(String::new, |verb| predicate::lemma(tree, verb));
            return Some(Attribution { speaker, verb });
        }
        let head = proposition.head;
        let is_quoted = self
            .linker
            .quoted_speaker(tree, head)
            .is_some_and(|(_, verb)| !verb.is_empty());
        if attribution::is_of_source(tree, head)
            || !is_quoted && attribution::is_beyond_source(tree, head)
        {
            return None;
        }
        let (speaker, verb) = self.linker.quoted_speaker(tree, proposition.head)?;
        Some(Attribution { speaker, verb })
    }
}
