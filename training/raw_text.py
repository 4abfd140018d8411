"""Plain text as tokenised sentences, for learning from text without annotation.

Sentences and tokens here need not equal the Rust reader's: they only have to look like the
treebank's. Full stops after known abbreviations and initials stay with their word, clitics and
hyphenated words are split.
"""

import json
import re

from data import Sentence

ABBREVIATIONS = frozenset(
    "Mr. Mrs. Ms. Dr. Prof. Gen. Sen. Rep. Gov. Lt. Col. Sgt. Capt. St. Jr. Sr. Inc. Ltd. Corp. "
    "Co. Bros. vs. etc. U.S. U.K. U.N. D.C. a.m. p.m. Jan. Feb. Mar. Apr. Aug. Sept. Oct. Nov. "
    "Dec. No. ca. c. e.g. i.e. cf. al. Vol. pp. Rev. Hon. Maj. Mt. Ft. Ph.D. M.D. Adm. est.".split()
)
TOKEN = re.compile(
    r"https?://\S+|www\.\S+|\.\.\.|``|''|--+|(?:[A-Za-z]\.){2,}|US\$|[A-Z]\$"
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?\b|\d+(?:[.,:]\d+)*"
    r"|\w+(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m|S)\b|\w+|\S"
)
BOUNDARY = re.compile(r'[.!?…]["”’)\]]*\s+(?=["“‘(\[]?[A-Z0-9])')
INITIAL = re.compile(r"[A-Z]\.")
SHORTEST, LONGEST = 4, 60


def tokenise(text):
    """Tokens of one sentence."""
    tokens = []
    for chunk in text.split():
        position = 0
        for match in TOKEN.finditer(chunk):
            word, start = match.group(), match.start()
            glued = tokens and start == position and start > 0
            joined = tokens[-1] + word if glued and word == "." else ""
            if joined in ABBREVIATIONS or INITIAL.fullmatch(joined):
                tokens[-1] = joined
            else:
                tokens.append(word)
            position = match.end()
    return tokens


def sentences_of(text):
    """Sentences of a text as strings."""
    for paragraph in text.split("\n"):
        start = 0
        for match in BOUNDARY.finditer(paragraph):
            last = paragraph[start : match.start() + 1].split()[-1]
            if last in ABBREVIATIONS or INITIAL.fullmatch(last):
                continue
            yield paragraph[start : match.end()].strip()
            start = match.end()
        if paragraph[start:].strip():
            yield paragraph[start:].strip()


def read_raw(paths):
    """Sentences of usable length of `.txt` files and of `.json` files of encyclopedia extracts."""
    found, seen = [], set()
    for path in paths:
        with open(path, encoding="utf8") as file:
            text = file.read()
        if path.endswith(".json"):
            texts = [article["extract"] for article in json.loads(text).values()]
        else:
            texts = [text]
        for text in texts:
            for sentence in sentences_of(text):
                words = tokenise(sentence)
                if SHORTEST <= len(words) <= LONGEST and sentence not in seen:
                    seen.add(sentence)
                    found.append(Sentence(words=words, identifier="raw"))
    return found
