"""WordPiece of the uncased base model, and the shape of a word, as the Rust reader does both."""

import unicodedata

MAXIMUM_PIECES = 12
MAXIMUM_CHARACTERS = 100
SHAPES = 16


def word_shape(word):
    """Class of a word's letters (1-10); 0 is kept for markers and padding.

    A letter is cased if it is upper, lower or title case (Unicode); a word is upper (lower) if it
    has a cased letter and all its cased letters are upper (lower).
    """
    if word.islower():
        return 1
    if word.isupper():
        return 2 if len(word) == 1 else 3
    if word[:1].isupper() and word[1:].islower():
        return 4
    if word.isdigit():
        return 5
    if any(c.isdigit() for c in word):
        return 6
    if any(c.isupper() for c in word):
        return 7 if word[0].isupper() else 8
    if not any(c.isalnum() for c in word):
        return 9
    return 10


def _is_punctuation(character):
    code = ord(character)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(character).startswith("P")


def _is_ideograph(code):
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x2A6DF
        or 0x2A700 <= code <= 0x2CEAF
        or 0xF900 <= code <= 0xFAFF
        or 0x2F800 <= code <= 0x2FA1F
    )


def _basic_tokens(word):
    """Lower case without accents, cut at white space, punctuation and ideographs."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    tokens, current = [], ""
    for character in decomposed:
        category = unicodedata.category(character)
        if category == "Mn" or character == "\ufffd" or (
            category.startswith("C") and character not in "\t\n\r"
        ):
            continue
        if character.isspace():
            tokens, current = tokens + [current], ""
        elif _is_punctuation(character) or _is_ideograph(ord(character)):
            tokens, current = tokens + [current, character], ""
        else:
            current += character
    return [token for token in tokens + [current] if token]


class WordPiece:
    """Greedy longest-match pieces."""

    def __init__(self, pieces):
        self.pieces = list(pieces)
        self.index = {piece: i for i, piece in enumerate(self.pieces)}
        self.unknown = self.index["[UNK]"]
        self.start = self.index["[CLS]"]
        self.end = self.index["[SEP]"]
        self.mask = self.index["[MASK]"]
        self.cache = {}

    @classmethod
    def from_file(cls, path):
        with open(path, encoding="utf8") as lines:
            return cls(line.rstrip("\n") for line in lines)

    def _greedy(self, token):
        if len(token) > MAXIMUM_CHARACTERS:
            return [self.unknown]
        found, start = [], 0
        while start < len(token):
            end = len(token)
            while end > start:
                piece = token[start:end] if start == 0 else "##" + token[start:end]
                if piece in self.index:
                    found.append(self.index[piece])
                    break
                end -= 1
            if end == start:
                return [self.unknown]
            start = end
        return found

    def __call__(self, word):
        """Pieces of a word: at least one ([UNK]) and at most MAXIMUM_PIECES."""
        pieces = self.cache.get(word)
        if pieces is None:
            pieces = [piece for token in _basic_tokens(word) for piece in self._greedy(token)]
            pieces = pieces[:MAXIMUM_PIECES] or [self.unknown]
            self.cache[word] = pieces
        return pieces
