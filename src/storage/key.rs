//! The keys of the table: one letter for what it is, then what it is about. Numbers are written
//! with the greatest byte first, so that keys sort as the numbers do.

use super::identifier::{DocumentId, FactId, TransactionId};

/// The greatest length of a key; longer names keep their beginning and a hash of the whole.
const NAME_BYTES_MAX: usize = 512;

pub(super) const ALIAS: u8 = b'a';
pub(super) const DOCUMENT: u8 = b'd';
pub(super) const DOCUMENT_NAME: u8 = b'D';
pub(super) const ENTITY: u8 = b'e';
pub(super) const FACT: u8 = b'f';
pub(super) const IDENTITY: u8 = b'h';
pub(super) const JOURNAL: u8 = b'j';
pub(super) const MERGED: u8 = b'm';
pub(super) const FOLDED_NAME: u8 = b'n';
pub(super) const DOCUMENT_FACTS: u8 = b'o';
pub(super) const REPEATS: u8 = b'p';
pub(super) const WEAK_BELOW: u8 = b'q';
pub(super) const RULE: u8 = b'r';
pub(super) const SENTENCES: u8 = b's';
pub(super) const TRANSACTION: u8 = b't';
pub(super) const EVIDENCE: u8 = b'v';
pub(super) const WORD: u8 = b'w';

/// Sentences of a document that share one entry of the table.
pub(super) const SENTENCES_A_BLOCK: u32 = 16;

fn with(letter: u8, parts: &[&[u8]]) -> Vec<u8> {
    let mut key = Vec::with_capacity(1 + parts.iter().map(|part| part.len()).sum::<usize>());
    key.push(letter);
    for part in parts {
        key.extend_from_slice(part);
    }
    key
}

/// A key for a name: the name itself, or its beginning and hash where it is very long.
fn named(letter: u8, name: &str) -> Vec<u8> {
    match name.as_bytes().split_at_checked(NAME_BYTES_MAX) {
        Some((head, tail)) if !tail.is_empty() => {
            let hash = xxhash_rust::xxh3::xxh3_128(name.as_bytes()).to_be_bytes();
            with(letter, &[head, &[0xFF], &hash])
        }
        _ => with(letter, &[name.as_bytes()]),
    }
}

/// What a folded alias stands for: one entry for each canonical name.
pub(super) fn alias(folded: &str, name: &str) -> Vec<u8> {
    let mut key = alias_prefix(folded);
    key.extend_from_slice(&named(ALIAS, name));
    key
}

pub(super) fn alias_prefix(folded: &str) -> Vec<u8> {
    let mut key = named(ALIAS, folded);
    key.push(0);
    key
}

pub(super) fn document(name: &str) -> Vec<u8> {
    named(DOCUMENT, name)
}

pub(super) fn document_name(document: DocumentId) -> Vec<u8> {
    with(DOCUMENT_NAME, &[&document.raw().to_be_bytes()])
}

pub(super) fn entity(name: &str) -> Vec<u8> {
    named(ENTITY, name)
}

pub(super) fn fact(fact: FactId) -> Vec<u8> {
    with(FACT, &[&fact.raw().to_be_bytes()])
}

/// The evidence that a document gives for a fact and that does not stand in its record.
pub(super) fn evidence(fact: FactId, document: DocumentId) -> Vec<u8> {
    let fact = fact.raw().to_be_bytes();
    with(EVIDENCE, &[&fact, &document.raw().to_be_bytes()])
}

pub(super) fn evidence_prefix(fact: FactId) -> Vec<u8> {
    with(EVIDENCE, &[&fact.raw().to_be_bytes()])
}

pub(super) fn identity(hash: u128) -> Vec<u8> {
    with(IDENTITY, &[&hash.to_be_bytes()])
}

pub(super) fn journal(transaction: TransactionId, chunk: u32) -> Vec<u8> {
    let transaction = transaction.raw().to_be_bytes();
    with(JOURNAL, &[&transaction, &chunk.to_be_bytes()])
}

pub(super) fn merged(name: &str) -> Vec<u8> {
    named(MERGED, name)
}

/// The names with this folded form: one entry for each term.
pub(super) fn folded_name(folded: &str, term: u64) -> Vec<u8> {
    let mut key = folded_name_prefix(folded);
    key.extend_from_slice(&term.to_be_bytes());
    key
}

pub(super) fn folded_name_prefix(folded: &str) -> Vec<u8> {
    let mut key = named(FOLDED_NAME, folded);
    key.push(0);
    key
}

pub(super) fn document_facts(document: DocumentId, transaction: TransactionId) -> Vec<u8> {
    let mut key = document_facts_prefix(document);
    key.extend_from_slice(&transaction.raw().to_be_bytes());
    key
}

pub(super) fn document_facts_prefix(document: DocumentId) -> Vec<u8> {
    with(DOCUMENT_FACTS, &[&document.raw().to_be_bytes()])
}

/// How many rows of a predicate repeat a triple.
pub(super) fn repeats(predicate: u64) -> Vec<u8> {
    with(REPEATS, &[&predicate.to_be_bytes()])
}

/// The key that says that repetitions are counted, and the prefix of the counts.
pub(super) fn repeats_prefix() -> Vec<u8> {
    vec![REPEATS]
}

/// The confidence below which facts are weak.
pub(super) fn weak_below() -> Vec<u8> {
    vec![WEAK_BELOW]
}

pub(super) fn rule(name: &str) -> Vec<u8> {
    named(RULE, name)
}

pub(super) fn sentences(document: DocumentId, block: u32) -> Vec<u8> {
    let document = document.raw().to_be_bytes();
    with(SENTENCES, &[&document, &block.to_be_bytes()])
}

pub(super) fn transaction(transaction: TransactionId) -> Vec<u8> {
    with(TRANSACTION, &[&transaction.raw().to_be_bytes()])
}

/// The postings of a word: `space` tells terms (0) from sentences (1), `first` is the first
/// number of the chunk.
pub(super) fn word(word: &str, space: u8, first: u64) -> Vec<u8> {
    let mut key = word_prefix(word, space);
    key.extend_from_slice(&first.to_be_bytes());
    key
}

pub(super) fn word_prefix(word: &str, space: u8) -> Vec<u8> {
    let mut key = named(WORD, word);
    key.extend_from_slice(&[0, space]);
    key
}

/// The number at the end of a key.
pub(super) fn last_number(key: &[u8]) -> Option<u64> {
    key.last_chunk().map(|bytes| u64::from_be_bytes(*bytes))
}

/// The folded name and the term of a key made by [`folded_name`].
pub(super) fn read_folded_name(key: &[u8]) -> Option<(&str, super::identifier::TermId)> {
    let (name, _) = key.get(1..)?.split_at_checked(key.len().checked_sub(10)?)?;
    let id = super::identifier::TermId::from_raw(last_number(key)?);
    Some((std::str::from_utf8(name).ok()?, id))
}

pub(super) fn sentences_prefix(document: DocumentId) -> Vec<u8> {
    with(SENTENCES, &[&document.raw().to_be_bytes()])
}
