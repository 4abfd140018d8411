"""What the fast reader sees of a word: its row in the word list, hashed parts, hashed shape."""

import re

import numpy as np

BUCKETS = 8192
SHAPE_BUCKETS = 512
LONGEST = 20
TRIGRAMS = 12
SHAPE_LENGTH = 10
PLAIN = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-"})
DIGITS = re.compile("[0-9]")
ZEROS = re.compile("00+")


def normalise(word):
    """Lower case, plain quotes and dashes, every ASCII digit 0 and runs of them 00."""
    word = word.lower().translate(PLAIN)
    return ZEROS.sub("00", DIGITS.sub("0", word))


def shape_pattern(word):
    """X for upper, x for lower, d for digits, others as they are; at most two alike in a row."""
    pattern = ""
    for character in word:
        if character.isupper():
            kind = "X"
        elif character.islower():
            kind = "x"
        elif character.isdigit():
            kind = "d"
        else:
            kind = character
        if pattern[-2:] != kind * 2:
            pattern += kind
    return pattern[:SHAPE_LENGTH]


def fnv1a(text):
    """The 32-bit FNV-1a hash of the text's UTF-8 bytes."""
    value = 0x811C9DC5
    for byte in text.encode("utf8"):
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def parts(normal):
    """Buckets of prefixes (1-3), suffixes (1-4) and the first trigrams of `<word>`."""
    texts = [f"p{n}{normal[:n]}" for n in (1, 2, 3)]
    texts += [f"s{n}{normal[-n:]}" for n in (1, 2, 3, 4)]
    marked = f"<{normal[:LONGEST]}>"
    texts += [f"g{marked[i:i + 3]}" for i in range(len(marked) - 2)][:TRIGRAMS]
    return [fnv1a(text) % BUCKETS for text in texts]


class WordFeatures:
    """Features by word type, computed once."""

    def __init__(self, words):
        self.words = list(words)
        self.index = {word: i for i, word in enumerate(self.words)}
        self.cache = {}

    def __call__(self, word):
        """(row in the word list or its length, hashed parts, hashed shape)."""
        found = self.cache.get(word)
        if found is None:
            normal = normalise(word)
            row = self.index.get(normal, len(self.words))
            found = (row, parts(normal), fnv1a(shape_pattern(word)) % SHAPE_BUCKETS)
            self.cache[word] = found
        return found


def read_vectors(folder):
    """The word list and its vectors as f32."""
    with open(f"{folder}/words.txt", encoding="utf8") as lines:
        words = [line.rstrip("\n") for line in lines]
    scales = np.fromfile(f"{folder}/glove-64.scale.f32", "<f4")
    values = np.fromfile(f"{folder}/glove-64.i8", np.int8).reshape(len(words), -1)
    return words, values.astype(np.float32) * scales[:, None]
