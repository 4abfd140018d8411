//! From annotated documents to CoNLL-U.

use std::fmt::Write;

use crate::text::conllu::name_tag_text;
use crate::text::document::{AnnotatedDocument, Sentence, Token};

/// Writes a document as CoNLL-U: metadata and entities as comments of the first sentence,
/// one block a sentence. A later part of a long document is one of its own, named after its first
/// sentence: `NAME#5001`.
#[must_use]
pub fn write(document: &AnnotatedDocument, name: &str) -> String {
    let mut output = String::new();
    for (index, sentence) in document.sentences.iter().enumerate() {
        if index == 0 {
            write_head(&mut output, document, name);
        }
        let previous = index.checked_sub(1).and_then(|i| document.sentences.get(i));
        if previous.is_none_or(|previous| previous.paragraph != sentence.paragraph) {
            output.push_str("# newpar\n");
        }
        let text = one_line(sentence.span.of(&document.text));
        let number = document.sentences_before + index + 1;
        let _ = writeln!(output, "# sent_id = {number}");
        let _ = writeln!(output, "# kind = {}", kind_name(sentence));
        let _ = writeln!(output, "# text = {text}");
        write_values(&mut output, document, index);
        let next = document.sentences.get(index + 1);
        write_tokens(&mut output, document, index, sentence, next);
        output.push('\n');
    }
    output
}

fn write_head(output: &mut String, document: &AnnotatedDocument, name: &str) {
    let metadata = &document.metadata;
    let _ = match document.sentences_before {
        0 => writeln!(output, "# newdoc id = {}", one_line(name)),
        // The entities of a later part are numbered anew, so it is a document to other programs.
        before => writeln!(output, "# newdoc id = {}#{}", one_line(name), before + 1),
    };
    let mut line = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(output, "# meta::{key} = {}", one_line(&value));
        }
    };
    line("title", metadata.title.clone());
    line("published", metadata.published.map(|time| time.to_string()));
    line("place", metadata.place.clone());
    line("agency", metadata.agency.clone());
    line("speaker", metadata.speaker.clone());
    for (number, entity) in document.entities.iter().enumerate() {
        let _ = write!(
            output,
            "# entity = e{} | {} | {}",
            number + 1,
            entity.kind,
            one_line(&entity.name)
        );
        for alias in &entity.aliases {
            let _ = write!(output, " | {}", one_line(alias));
        }
        output.push('\n');
    }
}

/// The name of a sentence's kind.
pub(super) fn kind_name(sentence: &Sentence) -> &'static str {
    use crate::text::document::SentenceKind as Kind;
    match sentence.kind {
        Kind::Body => "body",
        Kind::Heading => "heading",
        Kind::Caption => "caption",
        Kind::Furniture => "furniture",
    }
}

/// Writes the times and amounts of a sentence as comments: words, kind, normal value.
fn write_values(output: &mut String, document: &AnnotatedDocument, sentence: usize) {
    let first = document.values.partition_point(|v| v.sentence < sentence);
    let values = document.values.get(first..).unwrap_or(&[]);
    for value in values.iter().take_while(|v| v.sentence == sentence) {
        let normal = value
            .value
            .as_ref()
            .map_or_else(|| "_".to_owned(), |value| one_line(&value.to_string()));
        let _ = writeln!(
            output,
            "# value = {}-{} | {} | {normal}",
            value.first + 1,
            value.last + 1,
            value.kind
        );
    }
}

fn write_tokens(
    output: &mut String,
    document: &AnnotatedDocument,
    index: usize,
    sentence: &Sentence,
    next: Option<&Sentence>,
) {
    let brackets = entity_brackets(document, index, sentence.tokens.len());
    let after_last = next.map_or(u32::MAX, |next| next.span.start);
    let starts = sentence.tokens.iter().skip(1).map(|token| token.span.start);
    let followers = starts.chain(std::iter::once(after_last));
    let mut group_end = None;
    for (number, (token, follower)) in sentence.tokens.iter().zip(followers).enumerate() {
        if group_end.is_none_or(|end| number > end) {
            group_end = group_from(sentence, number);
            if let Some(last) = group_end {
                write_group(output, document, sentence, number, last, after_last);
            }
        }
        let is_joined = token.span.end == follower && group_end.is_none_or(|end| number > end);
        let brackets = brackets.get(number).map_or("", String::as_str);
        write_token(output, number, token, is_joined, brackets);
        group_end = group_end.filter(|&end| number < end);
    }
}

/// The last word of the multiword token that starts at a word, where one does.
fn group_from(sentence: &Sentence, first: usize) -> Option<usize> {
    let tokens = sentence.tokens.get(first..)?;
    let mut last = 0;
    for (i, pair) in tokens.windows(2).enumerate() {
        let [left, right] = pair else { break };
        if left.span.end != right.span.start || !is_clitic(left, right) {
            break;
        }
        last = i + 1;
    }
    (last > 0).then_some(first + last)
}

/// Whether a word leans on the one before it, so that both are one token of the text.
fn is_clitic(left: &Token, right: &Token) -> bool {
    let form = right.form.to_lowercase().replace('’', "'");
    let left_form = left.form.to_lowercase();
    let is_word = left
        .form
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric);
    match form.as_str() {
        "'s" | "'re" | "'ve" | "'ll" | "'d" | "'m" | "n't" => is_word,
        "'" => is_word && right.fine_tag == crate::text::tag::FineTag::Possessive,
        "not" => left_form == "can",
        "na" => matches!(left_form.as_str(), "gon" | "wan"),
        "ta" => left_form == "got",
        "nt" => is_word,
        _ => false,
    }
}

fn write_group(
    output: &mut String,
    document: &AnnotatedDocument,
    sentence: &Sentence,
    first: usize,
    last: usize,
    after_last: u32,
) {
    let Some([head, .., tail]) = sentence.tokens.get(first..=last) else {
        return;
    };
    let form = document
        .text
        .get(head.span.start as usize..tail.span.end as usize);
    let follower = sentence
        .tokens
        .get(last + 1)
        .map_or(after_last, |token| token.span.start);
    let misc = if tail.span.end == follower {
        "SpaceAfter=No"
    } else {
        "_"
    };
    let form = one_line(form.unwrap_or("_"));
    let _ = writeln!(
        output,
        "{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}",
        first + 1,
        last + 1,
    );
}

fn write_token(output: &mut String, number: usize, token: &Token, is_joined: bool, entity: &str) {
    let mut misc: Vec<String> = Vec::new();
    if !entity.is_empty() {
        misc.push(format!("Entity={entity}"));
    }
    misc.push(format!("Margin={:.2}", token.margin));
    misc.extend(name_tag_text(token.name).map(|tag| format!("NER={tag}")));
    if is_joined {
        misc.push("SpaceAfter=No".to_owned());
    }
    let _ = writeln!(
        output,
        "{}\t{}\t{}\t{}\t{}\t_\t{}\t{}\t_\t{}",
        number + 1,
        one_line(&token.form),
        one_line(&token.lemma),
        token.universal_tag,
        token.fine_tag,
        token.head.map_or(0, |head| head + 1),
        token.relation,
        misc.join("|")
    );
}

/// Where mentions of entities open and close in a sentence, one text a token.
fn entity_brackets(document: &AnnotatedDocument, sentence: usize, tokens: usize) -> Vec<String> {
    let mut brackets = vec![String::new(); tokens];
    let first = document.mentions.partition_point(|m| m.sentence < sentence);
    let mentions = document.mentions.get(first..).unwrap_or(&[]);
    for mention in mentions.iter().take_while(|m| m.sentence == sentence) {
        let name = format!("e{}", mention.entity + 1);
        if mention.first == mention.last {
            if let Some(slot) = brackets.get_mut(mention.first) {
                let _ = write!(slot, "({name})");
            }
            continue;
        }
        if let Some(slot) = brackets.get_mut(mention.first) {
            let _ = write!(slot, "({name}");
        }
        if let Some(slot) = brackets.get_mut(mention.last) {
            slot.insert_str(0, &format!("{name})"));
        }
    }
    brackets
}

/// The text without line breaks and tabs, which would break the format.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\n' | '\r' | '\t' => ' ',
            other => other,
        })
        .collect()
}
