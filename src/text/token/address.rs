//! Addresses: URLs, e-mail, host and file names, user names and hashtags.

use super::Chunk;

/// Endings of host names and files that make "word.word" one token.
const ENDINGS: &[&str] = &[
    "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "io", "eu", "uk", "us", "de",
    "fr", "ru", "cn", "jp", "vn", "in", "au", "ca", "nz", "tv", "me", "ai", "app", "dev", "doc",
    "docx", "xls", "xlsx", "pdf", "txt", "html", "htm", "jpg", "jpeg", "png", "gif", "zip", "exe",
    "csv", "ppt", "js", "py", "rs", "url", "mp3", "mp4",
];

/// The end of the address that starts at an index, where one does.
pub(super) fn address(chunk: &Chunk<'_>, index: usize) -> Option<usize> {
    let first = chunk.at(index);
    if is_inside(chunk.before(index)) {
        return None; // addresses start at the start of a word
    }
    match first {
        '@' | '#' => return tag(chunk, index),
        _ if !first.is_alphanumeric() => return None,
        _ => {}
    }
    let start = chunk.lower(index, index + 8);
    let is_link = ["http://", "https://", "ftp://", "www.", "mailto:"]
        .iter()
        .any(|scheme| start.starts_with(scheme) || scheme.starts_with(&start) && start.len() > 6);
    if is_link {
        return Some(link_end(chunk, index));
    }
    electronic_mail(chunk, index).or_else(|| host_or_file(chunk, index))
}

fn is_inside(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// `@name` or `#word`.
fn tag(chunk: &Chunk<'_>, index: usize) -> Option<usize> {
    let end = chunk.run(index + 1, |letter| {
        letter.is_alphanumeric() || letter == '_'
    });
    chunk.at(index + 1).is_alphabetic().then_some(end)
}

/// A link goes to the end of the chunk without the marks that close it.
fn link_end(chunk: &Chunk<'_>, index: usize) -> usize {
    let mut end = chunk.run(index, |letter| {
        !matches!(letter, '<' | '>' | '"' | '“' | '”')
    });
    let mut opened = 0_i32;
    for (_, letter) in chunk.letters.get(index..end).unwrap_or(&[]) {
        opened += match letter {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
    }
    while end > index + 4 {
        match chunk.at(end - 1) {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | ']' | '*' => end -= 1,
            ')' if opened < 0 => {
                end -= 1;
                opened += 1;
            }
            _ => break,
        }
    }
    end
}

/// `ada.king@example.org`.
fn electronic_mail(chunk: &Chunk<'_>, index: usize) -> Option<usize> {
    let is_local =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '%' | '+' | '-');
    let at = chunk.run(index, is_local);
    if chunk.at(at) != '@' {
        return None;
    }
    let is_host = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let mut end = chunk.run(at + 1, is_host);
    while matches!(chunk.before(end), '.' | '-') {
        end -= 1;
    }
    let host = chunk.letters.get(at + 1..end)?;
    host.iter().any(|(_, letter)| *letter == '.').then_some(end)
}

/// `example.org`, `report_2.doc`: names with a known ending and without a space.
fn host_or_file(chunk: &Chunk<'_>, index: usize) -> Option<usize> {
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-');
    let mut end = chunk.run(index, is_part);
    while matches!(chunk.before(end), '.' | '-') {
        end -= 1;
    }
    let name = chunk.letters.get(index..end)?;
    let dot = name.iter().rposition(|(_, letter)| *letter == '.')?;
    let ending = chunk.text(index + dot + 1, end);
    let known = ENDINGS.contains(&ending.to_lowercase().as_str());
    // "end.In": an ending with a capital and a word in small letters are two sentences.
    let is_capital = ending.chars().next().is_some_and(char::is_uppercase);
    let is_shouted = ending.chars().all(char::is_uppercase);
    (known && dot >= 2 && (!is_capital || is_shouted)).then_some(end)
}
