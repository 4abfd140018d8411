"""Makes seeds/lexicon/lemmas.tsv: exceptions and suffix rules from (form, tag) to lemma.

    python3 training/lemma_table.py DATA > seeds/lexicon/lemmas.tsv

DATA holds ewt-train.conllu, gum-train.conllu and words.txt, a list of words by frequency; the
irregular forms of English are in irregular_forms.txt beside this program.

Each line is a tag, a form in small letters, a suffix after "-" or a form as it is written after
"^", and an edit: how many characters to cut at the end, then what to add; "=" stands before a
whole lemma. The form as written wins, then the form, then the longest suffix that matches. A
suffix rule is kept only where it differs from the shorter one it refines and holds for most of the
forms it covers; a form is kept only where the rules miss it. The list of words decides regular
forms that the treebanks do not have: "provoked" is of "provoke", for there is no "provok".
"""
import collections
import pathlib
import sys

LONGEST_SUFFIX = 6
# Tags whose lemma is the form itself, as it is written.
LITERAL = {"NNP", "CD", "ADD", "SYM", "LS", "$", "NFP", "GW", "FW", "-LRB-", "-RRB-", ".", ",",
           ":", "``", "''", "HYPH"}
# Tags of inflected forms: only these have suffix rules, the others only exceptions.
INFLECTED = {"VBD", "VBN", "VBG", "VBZ", "NNS", "NNPS", "JJR", "JJS", "RBR", "RBS"}
VOWELS = set("aeiouy")
# Words of a list ordered by frequency beyond which a base form says nothing.
MOST_BASES = 50_000
# So many words of the list are taken for right wherever they stand.
COMMON_WORDS = 20_000
# Endings of adjectives of peoples, places and beliefs, which have a capital of their own.
NAME_ENDINGS = ("an", "ish", "ese", "ite", "i", "esque", "ist")
# Endings of adjectives that are hardly ever of a name: a capital is of a heading.
PLAIN_ENDINGS = ("ive", "able", "ible", "ous", "ful", "less", "ed", "ing", "ent", "ant", "ary",
                 "ory", "ate", "ical")


def read(paths, known):
    """Counts of lemmas for (tag, form in small letters) and for (tag, form as written); `known`
    holds words that are no misspellings."""
    table = collections.defaultdict(collections.Counter)
    written = collections.defaultdict(collections.Counter)
    errors = collections.defaultdict(collections.Counter)
    for number, path in enumerate(paths):
        weight = 8 if number == 0 else 1  # where treebanks differ, the first decides
        for line in open(path, encoding="utf-8"):
            columns = line.rstrip("\n").split("\t")
            if len(columns) != 10 or not columns[0].isdigit():
                continue
            form, lemma, tag, misc = columns[1], columns[2], columns[4], columns[9]
            # A typing error or a word cut in two says nothing of other words.
            # But a clitic without its apostrophe is common.
            is_error = "CorrectForm" in misc or "Typo=Yes" in columns[5]
            is_short = len(form) <= 3 and not set("aeio") & set(form)
            is_clitic = is_short and tag in ("VBZ", "VBP", "POS", "RB", "PRP", "PRP$", "MD")
            lemma, form = lemma.replace("’", "'"), form.replace("’", "'")
            if is_error and not is_clitic and columns[7] != "goeswith" and lemma != "_":
                errors[tag, form.lower()][lemma] += weight
            if is_error and not is_clitic or columns[7] == "goeswith":
                continue
            if len(form) > 1 and form[0] in "-^" and form[1].isalpha():
                continue  # it would be read as a suffix, or as a form as it is written
            written[tag, form][lemma] += weight
            is_shouted = len(form) > 1 and form == form.upper() != form.lower()
            if tag not in LITERAL and not is_shouted:
                table[tag, form.lower()][lemma] += weight
    # Words that are nothing but misspelt others ("definately") have the lemma of those.
    right = {form for _, form in table} | {form.lower() for _, form in written}
    for (tag, form), lemmas in errors.items():
        is_wrong = form not in right and form not in known and form.isalpha() and len(form) > 3
        if is_wrong and tag not in LITERAL | {"AFX", "UH"}:
            table[tag, form] = lemmas
    return table, written


def irregular_forms():
    """The irregular forms of verbs and nouns: {(tag, form): base}."""
    forms = {}
    path = pathlib.Path(__file__).with_name("irregular_forms.txt")
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if line.startswith("#") or len(words) != 3:
            continue
        if words[1] == "=":
            forms["NNS", words[0]] = words[2]
        else:
            base, past, participle = words
            forms["VBD", past] = base
            forms["VBN", participle] = base
    return forms


def edit(form, lemma):
    """The edit from a form to a lemma: cut so many characters, add these."""
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    if same == 0 and form:
        return "=" + lemma
    return f"{len(form) - same}{lemma[same:]}"


def apply(form, rule):
    if rule.startswith("="):
        return rule[1:]
    digits = len(rule) - len(rule.lstrip("0123456789"))
    cut = int(rule[:digits])
    return form[:len(form) - cut] + rule[digits:]


def rules_of(words):
    """Suffix rules for the words of one tag: {suffix: edit}."""
    votes = collections.defaultdict(collections.Counter)
    for form, lemma in words.items():
        rule = edit(form, lemma.lower())
        if rule.startswith("="):
            continue
        for length in range(0, min(LONGEST_SUFFIX, len(form) - 1) + 1):
            votes[form[len(form) - length:]][rule] += 1
    rules = {}
    for suffix in sorted(votes, key=lambda suffix: (len(suffix), suffix)):
        (best, count), = votes[suffix].most_common(1)
        total = sum(votes[suffix].values())
        parents = (rules[suffix[i:]] for i in range(1, len(suffix) + 1) if suffix[i:] in rules)
        is_sure = total >= 2 and count * 10 >= total * 6
        if best != next(parents, None) and (suffix == "" or is_sure):
            if int("".join(c for c in best if c.isdigit()) or 0) <= len(suffix) or suffix == "":
                rules[suffix] = best
    return rules


def is_irregular(tag, form, lemma):
    """Forms that always stand in the table by themselves and teach no suffix."""
    regular = {"VBD": "ed", "VBN": "ed", "VBZ": "s", "NNS": "s", "VBG": "ing"}.get(tag)
    if regular is None or form == lemma:
        return False
    return not form.endswith(regular) or form in ("is", "has", "does", "was")


def guess(rules, form):
    for i in range(len(form) + 1):
        if form[i:] in rules:
            return apply(form, rules[form[i:]])
    return form


def doubles(base):
    """Whether a base would double its last letter before an ending: "stop", not "stoop"."""
    if len(base) < 2 or base[-1] in VOWELS | set("wx") or base[-2] not in VOWELS:
        return False
    syllables = sum(letter in VOWELS for letter in base)
    return syllables == 1 and (len(base) < 3 or base[-3] not in VOWELS)


def bases(stem):
    """What a form may come from, given what stands before its ending."""
    # No verb ends in "is": "emphasised" is not of "emphasis".
    if stem.endswith("is"):
        yield stem + "e"
        return
    if stem.endswith("i"):
        yield stem[:-1] + "y"
    if not doubles(stem):
        yield stem
    yield stem + "e"
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in VOWELS:
        yield stem[:-1]


def from_words(words, rank):
    """Bases of regular forms by the list of words: {(tag, form): base}."""
    found = {}
    endings = [("ed", ("VBD", "VBN")), ("ing", ("VBG",)), ("er", ("JJR",)), ("est", ("JJS",))]
    for form in words:
        for ending, tags in endings:
            stem = form[:-len(ending)]
            if not form.endswith(ending) or len(stem) < 2 or not VOWELS & set(stem):
                continue
            known = [base for base in bases(stem) if rank.get(base, MOST_BASES) < MOST_BASES]
            if known:
                for tag in tags:
                    found[tag, form] = min(known, key=rank.get)
        if form.endswith("es") and len(form) > 4:
            known = [base for base in (form[:-1], form[:-2]) if base in rank]
            if known and not form.endswith("ies"):
                found["NNS", form] = min(known, key=rank.get)
                is_verb = form.endswith("ises")
                found["VBZ", form] = form[:-1] if is_verb else found["NNS", form]
        if form.endswith("men") and len(form) > 5 and form[:-2] + "an" in rank:
            found["NNS", form] = form[:-2] + "an"
    return found


def nationalities():
    """Adjectives of countries, as the gazetteer has them."""
    path = pathlib.Path(__file__).parents[1] / "seeds" / "gazetteer" / "countries.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    return {word for row in rows if len(row) > 1 and row[0][:1] != "#" for word in row[1].split()}


NATIONALITIES = nationalities()


def keeps_capital(form):
    """Whether an adjective may be of a name by its looks, so that its lemma has the capital."""
    lower = form.lower()
    is_name = lower.endswith(NAME_ENDINGS) and not lower.endswith(PLAIN_ENDINGS)
    return form[:1].isupper() and (form in NATIONALITIES or is_name)


def restore_case(form, lemma, tag):
    """The capitals a lemma keeps inside a sentence, as the reader gives them."""
    rest = any(c.isupper() for c in form[1:])
    is_noun = tag in ("NN", "NNS", "JJ", "AFX")
    keeps = tag == "NNPS" or is_noun and rest or tag == "JJ" and keeps_capital(form)
    if not keeps or any(c.isupper() for c in lemma):
        return lemma
    result, same = "", True
    for index, letter in enumerate(lemma):
        original = form[index] if index < len(form) else letter
        same = same and original.lower() == letter.lower()
        result += original if same else letter
    return result


def write_tag(tag, words, exact, more, sure):
    """Prints rules and exceptions of one tag: `more` yields to the treebanks, they to `sure`."""
    irregular = {form for form in words if is_irregular(tag, form, words[form])}
    rules = {}
    if tag in INFLECTED:
        rules = rules_of({form: words[form] for form in words if form not in irregular})
    for suffix in sorted(rules):
        if rules[suffix] != "0" or suffix:
            print(f"{tag}\t-{suffix}\t{rules[suffix]}")
    known = {form: lemma for (other, form), lemma in more.items() if other == tag}
    known.update(words)
    known.update((form, lemma) for (other, form), lemma in sure.items() if other == tag)
    listed = {}
    for form in sorted(known):
        if form in irregular or guess(rules, form) != known[form]:
            print(f"{tag}\t{form}\t{edit(form, known[form])}")
            listed[form] = known[form]
    for form, lemma in sorted(exact.items()):
        lower = form.lower()
        found = restore_case(form, listed.get(lower) or guess(rules, lower), tag)
        if found != lemma and (tag, lower) not in sure:
            print(f"{tag}\t^{form}\t={lemma}")


def main():
    folder = pathlib.Path(sys.argv[1])
    words = (folder / "words.txt").read_text(encoding="utf-8").split()
    paths = [folder / "ewt-train.conllu", folder / "gum-train.conllu"]
    table, written = read(paths, set(words[:COMMON_WORDS]))
    exact = collections.defaultdict(dict)
    for (tag, form), lemmas in written.items():
        (best, count), = lemmas.most_common(1)
        if count >= 2 and count * 2 > sum(lemmas.values()):
            exact[tag][form] = best
    by_tag = collections.defaultdict(dict)
    for (tag, form), lemmas in table.items():
        by_tag[tag][form] = lemmas.most_common(1)[0][0]
    rank = {word: place for place, word in enumerate(words)}
    more = from_words(words, rank)
    sure = irregular_forms()
    print("# From Universal Dependencies English EWT and GUM by training/lemma_table.py; CC BY-SA 4.0")
    for tag in sorted(LITERAL):
        for form, lemma in sorted(exact[tag].items()):
            if lemma != form and lemma != form.replace(",", "") and "\t" not in lemma:
                print(f"{tag}\t^{form}\t={lemma}")
    for tag in sorted(by_tag):
        write_tag(tag, by_tag[tag], exact[tag], more, sure)


if __name__ == "__main__":
    main()
