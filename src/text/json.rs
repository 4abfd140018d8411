//! Annotated documents as JSON, one object a document, for programs that read other programs.

use serde_json::{Value as Json, json};

use crate::text::document::{
    AnnotatedDocument, MentionKind, NameTag, Sentence, SentenceKind, Token,
};

/// Writes a document as one JSON object: metadata, sentences with their tokens, entities,
/// mentions, values and quotations. Tokens, sentences and entities are counted from 0, the
/// sentences of a later part of a long document from `first_sentence`.
#[must_use]
pub fn write(document: &AnnotatedDocument, name: &str) -> String {
    let metadata = &document.metadata;
    let sentences: Vec<Json> = document
        .sentences
        .iter()
        .map(|found| sentence(document, found))
        .collect();
    json!({
        "document": name,
        "title": metadata.title,
        "published": metadata.published.map(|time| time.to_string()),
        "place": metadata.place,
        "agency": metadata.agency,
        "speaker": metadata.speaker,
        "first_sentence": document.sentences_before,
        "sentences": sentences,
        "entities": entities(document),
        "mentions": mentions(document),
        "values": values(document),
        "quotations": quotations(document),
    })
    .to_string()
}

fn sentence(document: &AnnotatedDocument, sentence: &Sentence) -> Json {
    let kind = match sentence.kind {
        SentenceKind::Body => "body",
        SentenceKind::Heading => "heading",
        SentenceKind::Caption => "caption",
        SentenceKind::Furniture => "furniture",
    };
    let tokens: Vec<Json> = sentence.tokens.iter().map(token).collect();
    json!({
        "start": sentence.span.start,
        "end": sentence.span.end,
        "text": sentence.span.of(&document.text),
        "kind": kind,
        "paragraph": sentence.paragraph,
        "tokens": tokens,
    })
}

fn token(token: &Token) -> Json {
    let name = match token.name {
        NameTag::Outside => None,
        NameTag::Begin(kind) | NameTag::Inside(kind) => Some(kind.as_str()),
    };
    json!({
        "form": token.form,
        "start": token.span.start,
        "end": token.span.end,
        "lemma": token.lemma,
        "upos": token.universal_tag.as_str(),
        "xpos": token.fine_tag.as_str(),
        "head": token.head,
        "relation": token.relation.as_str(),
        "margin": (f64::from(token.margin) * 1_000.0).round() / 1_000.0,
        "name": name,
    })
}

fn entities(document: &AnnotatedDocument) -> Vec<Json> {
    let entity = |entity: &crate::text::document::DocumentEntity| {
        json!({
            "name": entity.name,
            "kind": entity.kind.as_str(),
            "aliases": entity.aliases,
            "named": entity.is_named,
            "members": entity.members,
        })
    };
    document.entities.iter().map(entity).collect()
}

fn mentions(document: &AnnotatedDocument) -> Vec<Json> {
    let mention = |mention: &crate::text::document::Mention| {
        let kind = match mention.kind {
            MentionKind::Name => "name",
            MentionKind::Nominal => "nominal",
            MentionKind::Pronoun => "pronoun",
        };
        json!({
            "sentence": mention.sentence,
            "first": mention.first,
            "last": mention.last,
            "head": mention.head,
            "kind": kind,
            "entity": mention.entity,
            "confidence": (f64::from(mention.confidence) * 1_000.0).round() / 1_000.0,
        })
    };
    document.mentions.iter().map(mention).collect()
}

fn values(document: &AnnotatedDocument) -> Vec<Json> {
    let value = |value: &crate::text::document::ValueMention| {
        json!({
            "sentence": value.sentence,
            "first": value.first,
            "last": value.last,
            "kind": value.kind,
            "value": value.value.as_ref().map(ToString::to_string),
        })
    };
    document.values.iter().map(value).collect()
}

fn quotations(document: &AnnotatedDocument) -> Vec<Json> {
    let quotation = |quotation: &crate::text::document::Quotation| {
        json!({
            "start": quotation.span.start,
            "end": quotation.span.end,
            "sentences": [quotation.sentences.0, quotation.sentences.1],
            "speaker": quotation.speaker,
            "speaker_text": quotation.speaker_text,
            "verb": quotation.verb.map(|(sentence, token)| [sentence, token]),
        })
    };
    document.quotations.iter().map(quotation).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::conllu;

    #[test]
    fn a_document_is_one_json_object() {
        let text = "1\tAda\tAda\tPROPN\tNNP\t_\t2\tnsubj\t_\tNER=B-PER\n\
            2\twrote\twrite\tVERB\tVBD\t_\t0\troot\t_\t_\n";
        let mut document = conllu::read(text).unwrap().remove(0);
        crate::text::reader::annotate(&mut document);
        let written: Json = serde_json::from_str(&write(&document, "note.txt")).unwrap();
        assert_eq!(written["document"], "note.txt");
        assert_eq!(written["entities"][0]["name"], "Ada");
        assert_eq!(written["sentences"][0]["tokens"][1]["lemma"], "write");
        assert_eq!(written["mentions"][0]["entity"], 0);
    }
}
