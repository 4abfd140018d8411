"""Makes seeds/lexicon/relational.tsv: nouns that mostly stand with what they are of.

    python3 training/relational_nouns.py TREES... > seeds/lexicon/relational.tsv

TREES are files in CoNLL-U: the training parts of UD English EWT and GUM, and plain sentences as
`factbase annotate --sentences --reader fast` prints them (the sentences that the fast reader was
taught with, see models/MODEL_CARD.md).

A noun counts as owned where a possessive or a name stands before it, or a phrase with one of the
prepositions below behind it. "In" and "at" mostly tell where a thing is, not what it is of, and are
not counted; a nationality tells what sort of poet somebody is, a number how much of something. What
only stands before other nouns or tells a time is left out; so is what is "mine" or "yours", for
people own things of all sorts, and what stands with "a", "no" or "any" and nothing else: new to the
text, it is not missed. Each line is a noun in small letters as it stands in a text (singular and
plural apart), the share of its places with an owner, its most frequent preposition, and how often
it was counted.
"""
import collections
import re
import sys

PREPOSITIONS = set("of to for on between against with from over into about among towards".split())
FREE = set("a an no any some each every another what which".split())
LEAST_COUNT = 8
LEAST_SHARE = 0.3
# Counted without owner beside what was seen: a noun seen rarely has to be owned more clearly.
PRIOR = 2
# The owner is a part of the noun's own meaning of how much or what sort: no noun to lack one.
AMOUNTS = set("number lot kind type sort amount deal couple series range variety bit piece pair "
              "form part member one first last most majority half rest".split())
OURS = set("my your our".split())
WORD = re.compile(r"[a-z][a-z-]*[a-z]$")


def sentences(paths):
    """Sentences as lists of rows of ten columns."""
    for path in paths:
        rows = []
        for line in open(path, encoding="utf-8"):
            columns = line.rstrip("\n").split("\t")
            if len(columns) == 10 and columns[0].isdigit():
                rows.append(columns)
            elif rows and not line.strip():
                yield rows
                rows = []
        if rows:
            yield rows


def owner_of(rows, children, head):
    """How a noun's owner is told ("'s", "name", a preposition), and the owner's row."""
    for child in children[head]:
        row = rows[child]
        relation = row[7]
        if relation == "nmod:poss":
            return "'s", row
        if child < head and relation in ("compound", "nmod") and row[3] == "PROPN":
            return "name", row
    for child in children[head]:
        row = rows[child]
        if child > head and row[7].split(":")[0] == "nmod":
            cases = [rows[case][1].lower() for case in children[child] if rows[case][7] == "case"]
            is_measure = any(rows[number][7] == "nummod" for number in children[child])
            if cases and cases[0] in PREPOSITIONS and not is_measure:
                return cases[0], row
    return None, None


def count(paths):
    """For each noun: places, places with an owner, prepositions, nouns of owners."""
    places, owned = collections.Counter(), collections.Counter()
    prepositions = collections.defaultdict(collections.Counter)
    owners = collections.defaultdict(collections.Counter)
    for rows in sentences(paths):
        children = collections.defaultdict(list)
        for index, row in enumerate(rows):
            if row[6].isdigit() and int(row[6]):
                children[int(row[6]) - 1].append(index)
        for head, row in enumerate(rows):
            noun = row[1].lower()
            relation = row[7].split(":")[0]
            if row[3] != "NOUN" or not WORD.match(noun) or row[7] == "obl:tmod":
                continue
            if relation in ("compound", "flat", "fixed", "goeswith"):
                continue
            how, owner = owner_of(rows, children, head)
            articles = {rows[child][1].lower() for child in children[head]
                        if rows[child][7] in ("det", "det:predet")}
            is_ours = how == "'s" and owner[1].lower() in OURS
            if how is None and articles & FREE or is_ours:
                continue
            places[noun] += 1
            if how is not None:
                owned[noun] += 1
                owners[noun][owner[2].lower()] += 1
                if how in PREPOSITIONS:
                    prepositions[noun][how] += 1
    return places, owned, prepositions, owners


def main():
    shows_owners = sys.argv[1] == "--owners"
    places, owned, prepositions, owners = count(sys.argv[2 if shows_owners else 1:])
    print("# Made by training/relational_nouns.py of UD English EWT and GUM, and of summaries of")
    print("# English Wikipedia and addresses on the state of the Union read by the program;")
    print("# CC BY-SA 4.0. Noun, share of its places with an owner, preposition, places.")
    for noun in sorted(places):
        share = owned[noun] / (places[noun] + PRIOR)
        if places[noun] < LEAST_COUNT or share < LEAST_SHARE or noun in AMOUNTS:
            continue
        usual = prepositions[noun].most_common(1)
        line = [noun, f"{share:.2f}", usual[0][0] if usual else "of", str(places[noun])]
        if shows_owners:
            line.append(" ".join(f"{word}:{n}" for word, n in owners[noun].most_common(12)))
        print("\t".join(line))


if __name__ == "__main__":
    main()
