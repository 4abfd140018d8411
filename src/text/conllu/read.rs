//! From CoNLL-U to annotated documents.

use crate::provenance::Span;
use crate::text::conllu::name_tag;
use crate::text::dependency::Relation;
use crate::text::document::{AnnotatedDocument, NameTag, Sentence, Token};
use crate::text::tag::{FineTag, UniversalTag};
use crate::{Error, Result};

/// Reads CoNLL-U as documents, one for each `# newdoc`, in order.
///
/// The text is rebuilt from forms and `SpaceAfter=No`; sentences are separated by a space,
/// paragraphs (`# newpar`) by an empty line. Unknown tags and relations become `X`, `FW`, `dep`.
///
/// # Errors
///
/// `Error::Input` with the line where a line is neither comment, empty nor ten columns.
pub fn read(text: &str) -> Result<Vec<AnnotatedDocument>> {
    let mut reading = Reading::default();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_end_matches('\r');
        if line.is_empty() {
            reading.finish_sentence();
        } else if let Some(comment) = line.strip_prefix('#') {
            reading.comment(comment.trim());
        } else {
            reading
                .row(line)
                .map_err(|message| Error::input(format!("line {}", number + 1), message))?;
        }
    }
    reading.finish_document();
    Ok(reading.documents)
}

/// A state between lines.
#[derive(Default)]
struct Reading {
    documents: Vec<AnnotatedDocument>,
    document: AnnotatedDocument,
    /// The text of the document so far.
    text: String,
    sentence: Sentence,
    /// The last word number of the multiword token being read, its form's span and its text.
    group: Option<Group>,
    /// Whether a space stands before the next token.
    is_spaced: bool,
    starts_paragraph: bool,
    paragraph: u32,
}

/// A multiword token such as `don't`, written before its words.
struct Group {
    last: usize,
    form: String,
    /// How much of the form the words so far have used, in bytes.
    used: usize,
    is_spaced_after: bool,
}

impl Reading {
    fn comment(&mut self, comment: &str) {
        if comment.starts_with("newdoc") {
            self.finish_document();
        } else if comment == "newpar" || comment.starts_with("newpar ") {
            self.starts_paragraph = true;
        }
    }

    /// Takes one row of ten columns.
    fn row(&mut self, line: &str) -> Result<(), &'static str> {
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, universal, fine, _, head, relation, _, misc] = columns.as_slice()
        else {
            return Err("a word needs ten columns separated by tabs");
        };
        let is_spaced_after = !misc.split('|').any(|part| part == "SpaceAfter=No");
        if let Some((_, last)) = id.split_once('-') {
            let last = last.parse().map_err(|_| "a word's number is not one")?;
            self.group = Some(Group {
                last,
                form: (*form).to_owned(),
                used: 0,
                is_spaced_after,
            });
            return Ok(());
        }
        if id.contains('.') {
            return Ok(()); // an empty node of the enhanced graph
        }
        let number: usize = id.parse().map_err(|_| "a word's number is not one")?;
        let head: usize = head.parse().unwrap_or(0);
        let span = self.place(number, form, is_spaced_after);
        let is_missing = *lemma == "_" && *form != "_";
        self.sentence.tokens.push(Token {
            form: (*form).to_owned(),
            span,
            lemma: if is_missing { *form } else { *lemma }.to_owned(),
            universal_tag: UniversalTag::from_treebank(universal).unwrap_or(UniversalTag::Other),
            fine_tag: FineTag::from_treebank(fine).unwrap_or(FineTag::ForeignWord),
            head: head.checked_sub(1),
            relation: relation_of(relation),
            margin: feature(misc, "Margin=")
                .and_then(|text| text.parse().ok())
                .unwrap_or(1.0),
            name: feature(misc, "NER=").map_or(NameTag::Outside, name_tag),
        });
        Ok(())
    }

    /// Appends a word to the text and says where it stands.
    fn place(&mut self, number: usize, form: &str, is_spaced_after: bool) -> Span {
        let is_first = self.sentence.tokens.is_empty();
        let group = self.group.take_if(|group| group.last < number);
        drop(group); // a range that has ended
        let starts_group = self.group.as_ref().is_some_and(|group| group.used == 0);
        if is_first {
            self.start_sentence();
        } else if self.is_spaced && (self.group.is_none() || starts_group) {
            self.text.push(' ');
        }
        let Some(group) = &mut self.group else {
            let start = length(&self.text);
            self.text.push_str(form);
            self.is_spaced = is_spaced_after;
            return Span::new(start, length(&self.text));
        };
        // The words of a group share its bytes: each takes as many as it spells, the last the rest.
        let rest = group.form.get(group.used..).unwrap_or("");
        let taken = if group.last == number {
            rest.len()
        } else if rest.starts_with(form) {
            form.len()
        } else {
            let letters = form.chars().count();
            rest.char_indices()
                .nth(letters)
                .map_or(rest.len(), |(place, _)| place)
        };
        let start = length(&self.text);
        self.text.push_str(rest.get(..taken).unwrap_or(rest));
        group.used += taken;
        if group.last == number {
            self.is_spaced = group.is_spaced_after;
            self.group = None;
        }
        Span::new(start, length(&self.text))
    }

    fn start_sentence(&mut self) {
        if !self.text.is_empty() {
            if self.starts_paragraph {
                self.text.push_str("\n\n");
                self.paragraph += 1;
            } else {
                self.text.push(' ');
            }
        }
        self.starts_paragraph = false;
        self.sentence.paragraph = self.paragraph;
        self.sentence.span.start = length(&self.text);
    }

    fn finish_sentence(&mut self) {
        self.group = None;
        if self.sentence.tokens.is_empty() {
            return;
        }
        let count = self.sentence.tokens.len();
        for token in &mut self.sentence.tokens {
            token.head = token.head.filter(|&head| head < count);
        }
        self.sentence.span.end = length(&self.text);
        self.document
            .sentences
            .push(std::mem::take(&mut self.sentence));
    }

    fn finish_document(&mut self) {
        self.finish_sentence();
        if !self.document.sentences.is_empty() {
            let mut document = std::mem::take(&mut self.document);
            document.text = std::mem::take(&mut self.text).into();
            self.documents.push(document);
        }
        self.paragraph = 0;
        self.starts_paragraph = false;
    }
}

/// The length of a text as a span counts it; texts over 4 GiB are refused before they come here.
fn length(text: &str) -> u32 {
    u32::try_from(text.len()).unwrap_or(u32::MAX)
}

/// The value of a feature in the last column.
fn feature<'a>(misc: &'a str, name: &str) -> Option<&'a str> {
    misc.split('|').find_map(|part| part.strip_prefix(name))
}

/// The relation with this name, else the one without its subtype, else `dep`.
fn relation_of(name: &str) -> Relation {
    Relation::from_treebank(name)
        .or_else(|| Relation::from_treebank(name.split(':').next()?))
        .unwrap_or(Relation::Unspecified)
}
