//! A second act of a speaker behind what was said: "Lee said the dam would hold and thanked the
//! crews".

use crate::text::dependency::Relation;
use crate::text::tag::FineTag;
use crate::text::word_list::WordList;

use super::super::lexicon;
use super::Mending;

/// No more words than this stand between "and" and its verb: "and also thanked".
const LONGEST_LINK: usize = 2;

impl Mending<'_> {
    /// A verb in the simple past behind "and", with no subject of its own, does not go on with what
    /// was said where that is told in another tense: the speaker does it, as the verb of saying is
    /// told in the same form. Where the content is told with "had" the verb may be its participle,
    /// so that only verbs of speaking are taken from it.
    pub(super) fn second_acts(&mut self) {
        for act in 0..self.heads.len() {
            let Some(content) = self
                .head(act)
                .filter(|&content| content < act && self.relation(act) == Relation::Conjunct)
            else {
                continue;
            };
            let Some(saying) = self.head(content).filter(|&saying| {
                saying < content
                    && self.relation(content) == Relation::ClausalComplement
                    && self.fine(saying) == FineTag::PastVerb
                    && lexicon::is_speech(self.lemma(saying))
            }) else {
                continue;
            };
            if self.is_second_act(act, content) && !self.is_within_quotation(content, act) {
                self.attach(act, saying, Relation::Conjunct);
            }
        }
    }

    fn is_second_act(&self, act: usize, content: usize) -> bool {
        let link = (content + 1..act).rev().find(|&link| self.is(link, "and"));
        let is_near = link.is_some_and(|link| act - link <= LONGEST_LINK);
        let is_bare = self.fine(act) == FineTag::PastVerb
            && !self.children(act).any(|child| {
                let relation = self.relation(child).universal();
                matches!(
                    relation,
                    "nsubj" | "csubj" | "expl" | "aux" | "cop" | "mark"
                )
            });
        let has = |fits: &dyn Fn(usize) -> bool| {
            self.children(content).any(|child| {
                child < content && self.relation(child).universal() == "aux" && fits(child)
            })
        };
        let is_modal = has(&|child| self.fine(child) == FineTag::Modal);
        let is_present = matches!(
            self.fine(content),
            FineTag::PresentVerb | FineTag::PresentVerbThird
        );
        let is_past_perfect = has(&|child| self.is(child, "had"));
        let speaks = || {
            lexicon::is_speech(self.lemma(act)) || lexicon::is_courtesy_of_speech(self.lemma(act))
        };
        let is_told_apart = is_modal || is_present || is_past_perfect && speaks();
        is_near && is_bare && (is_told_apart || self.declines_to_speak(act))
    }

    /// "Declined to comment": what only somebody who was asked does.
    fn declines_to_speak(&self, act: usize) -> bool {
        static SPEAKING: WordList = WordList::new(
            "comment elaborate say answer give discuss identify name disclose \
            speculate provide specify",
        );
        matches!(self.lemma(act), "decline" | "refuse")
            && self.children(act).any(|verb| {
                self.relation(verb) == Relation::OpenClausalComplement
                    && SPEAKING.contains(self.lemma(verb))
            })
    }

    /// Whether one quotation holds both words.
    fn is_within_quotation(&self, first: usize, last: usize) -> bool {
        let opens = |from: usize, to: usize| {
            (from..to)
                .filter(|&word| lexicon::is_quotation_mark(self.form(word)))
                .count()
        };
        opens(0, first) % 2 == 1 && opens(first, last) == 0
    }
}
