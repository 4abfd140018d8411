//! Where somebody is from and for whom they work, by the words beside the name.

use crate::fact::EntityKind;
use crate::text::dependency::Relation as R;
use crate::text::lexicon::{NounClass, is_country, is_in_class, is_nationality};
use crate::text::tag::UniversalTag;
use crate::text::word_list::WordList;

use super::argument::{Argument, Part};
use super::nominal::proposition;
use super::phrase::Phrase;
use super::proposition::{Proposition, Rule, Word};
use super::tree::Tree;

/// "the Irish brewer Orvel": Orvel is from Ireland, derived.
pub(super) fn nationality(tree: &Tree<'_>, index: usize) -> Option<Proposition> {
    let noun = tree.head(index)?;
    let form = &tree.token(index)?.form;
    if !is_nationality(form) || noun < index || tree.name_range(index).is_some() {
        return None;
    }
    let beside = || {
        tree.children_by(noun, &[R::Apposition, R::Flat])
            .find(|&name| name == noun + 1)
    };
    let above = || {
        let is_modifier = matches!(
            tree.relation(noun),
            R::DescriptiveModifier | R::Compound | R::NominalModifier
        );
        tree.head(noun).filter(|&head| is_modifier && head > noun)
    };
    let name = [Some(noun), above(), beside()]
        .into_iter()
        .flatten()
        .find(|&name| {
            tree.tag(name) == UniversalTag::ProperNoun && tree.name_range(name).is_some()
        })?;
    let (first, last) = tree.name_range(name)?;
    if first <= index {
        return None;
    }
    let subject = Phrase {
        head: name,
        tokens: (first..=last).collect(),
    };
    Some(from(tree, subject, index))
}

/// "Ann Lee, an Irish novelist": she is from Ireland.
pub(super) fn described(tree: &Tree<'_>, index: usize) -> Option<Proposition> {
    let noun = tree.head(index).filter(|&noun| noun > index)?;
    let is_person = is_in_class(tree.lemma(noun), NounClass::Person);
    if !is_nationality(&tree.token(index)?.form)
        || tree.tag(noun) != UniversalTag::Noun
        || !is_person
        || is_of_language(tree.lemma(noun))
    {
        return None;
    }
    let name = match tree.relation(noun) {
        R::Apposition => tree.head(noun)?,
        _ if tree.has_child(noun, &[R::Copula]) => tree.child(noun, &[R::NominalSubject])?,
        _ => return None,
    };
    let is_denied = tree
        .children_by(noun, &[R::AdverbialModifier])
        .any(|word| super::lexicon::is_negation(tree.lower(word)));
    let (first, last) = tree.name_range(name)?;
    if is_denied || !tree.is_person(name) {
        return None;
    }
    let subject = Phrase {
        head: name,
        tokens: (first..=last).collect(),
    };
    Some(from(tree, subject, index))
}

/// "Ann Lee (Peru)": a country in brackets right behind a person's name is where she is from.
pub(super) fn in_brackets(tree: &Tree<'_>, index: usize) -> Option<Proposition> {
    let (first, last) = person_before_bracket(tree, index)?;
    let is_outside = |token: &usize| {
        tree.head(*token)
            .is_none_or(|head| !(first..=last).contains(&head))
    };
    let head = (first..=last).find(is_outside).unwrap_or(first);
    let subject = Phrase {
        head,
        tokens: (first..=last).collect(),
    };
    Some(from(tree, subject, index))
}

/// The name of the person behind which a country stands alone in brackets.
pub(super) fn person_before_bracket(tree: &Tree<'_>, country: usize) -> Option<(usize, usize)> {
    let open = country.checked_sub(1)?;
    let is_bracketed = tree.lower(open) == "(" && tree.lower(country + 1) == ")";
    if !is_bracketed || !is_country(&tree.token(country)?.form) {
        return None;
    }
    tree.name_range(open.checked_sub(1)?)
        .filter(|&(first, last)| first < last && last + 1 == open && tree.is_person(first))
}

/// "a French teacher" may teach French.
fn is_of_language(noun: &str) -> bool {
    matches!(
        noun,
        "teacher"
            | "professor"
            | "scholar"
            | "expert"
            | "specialist"
            | "translator"
            | "historian"
            | "student"
            | "interpreter"
            | "critic"
    )
}

fn from(tree: &Tree<'_>, subject: Phrase, country: usize) -> Proposition {
    let argument = Argument {
        part: Part::Object,
        preposition: Vec::new(),
        alternatives: vec![Phrase {
            head: country,
            tokens: vec![country],
        }],
        is_time: false,
    };
    let predicate = vec![Word::Understood("is"), Word::Understood("from")];
    proposition(tree, Rule::Nationality, subject, predicate, argument)
}

/// "Acme spokesman Bo Ek", "Bo Ek, a spokesman for Acme": he works for Acme.
pub(super) fn employer(tree: &Tree<'_>, noun: usize) -> Option<Proposition> {
    let is_job = tree.is_nominal(noun) && is_job(tree.lemma(noun));
    let name = holder(tree, noun).filter(|_| is_job)?;
    let (first, last) = tree.name_range(name)?;
    let company = |&child: &usize| {
        let is_company = tree.name_kind(child) == Some(EntityKind::Organization);
        let is_behind = tree
            .children_by(child, &[R::Case])
            .any(|case| matches!(tree.lower(case), "of" | "for" | "at" | "with"));
        is_company && (child < noun && !is_behind || child > noun && is_behind)
    };
    let relations = [R::Compound, R::NominalModifier, R::PossessiveModifier];
    let company = tree.children_by(noun, &relations).find(company)?;
    let (from, to) = tree.name_range(company)?;
    let argument = Argument {
        part: Part::Object,
        preposition: Vec::new(),
        alternatives: vec![Phrase {
            head: company,
            tokens: (from..=to).collect(),
        }],
        is_time: false,
    };
    let subject = Phrase {
        head: name,
        tokens: (first..=last).collect(),
    };
    let words = vec![Word::Understood("works"), Word::Understood("for")];
    Some(proposition(tree, Rule::Employer, subject, words, argument))
}

/// The person whom a noun beside the name describes.
fn holder(tree: &Tree<'_>, noun: usize) -> Option<usize> {
    let above = || {
        let is_description = matches!(
            tree.relation(noun),
            R::Apposition | R::DescriptiveModifier | R::Compound
        );
        tree.head(noun).filter(|_| is_description)
    };
    let below = || {
        tree.children_by(noun, &[R::Apposition, R::Flat])
            .find(|&name| name > noun)
    };
    [above(), below()]
        .into_iter()
        .flatten()
        .find(|&name| tree.is_person(name) && tree.tag(name) == UniversalTag::ProperNoun)
}

/// Jobs that one does for an organization.
fn is_job(noun: &str) -> bool {
    static JOBS: WordList = WordList::new(
        "spokesman spokeswoman spokesperson executive director manager analyst \
        economist strategist professor lecturer researcher scientist reporter correspondent \
        editor engineer officer",
    );
    JOBS.contains(noun)
}
