"""Search in Arabic as people type it: which terms a text is found by, and what a query asks for.

    >>> q = query('القصف "قوات النظام" -ادلب')
    >>> q.matches("استهدفت قواتُ النّظام البلدةَ بقصفها المدفعي"), q.matches("قصفت قوات النظام إدلب")
    (True, False)
    >>> [term for term in terms("وبالمدفعية") if term in ("مدفعيه", "بالمدفعيه")]
    ['بالمدفعيه', 'مدفعيه']

A token of a text is indexed under each stem that its clitics leave (وبالمدفعية: المدفعية, مدفعية …), so that a query needs one term a word and the
same table of terms gives the same results on every database: `terms(text)` are the rows, `query(words).clauses` what must be found among them. A
query's word loses its article and nothing else, so that who asks for بدر does not get در. Folding: `letters`; clitics: Ryding ch. 1.6, 12; what is taken off
follows Larkey et al., Light Stemming for Arabic (light10), for the text alone. Names of two words (`compounds`) are found written as one and as two.

A query is words that must all be there, in any order; "words in quotes" stand together; `-word` must not be there; `قصف*` is any word that begins so;
`title:word` (or `عنوان:word`) is looked for in that field alone; see `FIELDS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple

from marsad.arabic.compounds import HEADS, SECOND, closed_up, is_first_half
from marsad.arabic.letters import fold
from marsad.arabic.words import Words, tokenise, tokens_of
from marsad.model import Span

Field = Literal["title", "text", "outlet", "place", "actor", "asserter"]

FIELDS: Final[dict[str, Field]] = {
    "title": "title", "عنوان": "title", "العنوان": "title",
    "text": "text", "نص": "text", "النص": "text",
    "outlet": "outlet", "ناشر": "outlet", "الناشر": "outlet", "موقع": "outlet",
    "place": "place", "مكان": "place", "المكان": "place",
    "actor": "actor", "جهة": "actor", "طرف": "actor", "الطرف": "actor",
    "asserter": "asserter", "قائل": "asserter", "مصدر": "asserter", "المصدر": "asserter",
}  # fmt: skip
"""The names of fields that a query may put in front of a word."""

LONGEST: Final = 60
"""Letters of a term; a longer token is cut there, in a text as in a query."""

_MOST_CLAUSES: Final = 40
_PROCLITICS: Final = ("و", "ف", "ب", "ل", "ك", "س", "وب", "ول", "وك", "وس", "فب", "فل", "فس")
_ARTICLES: Final = ("ال", "وال", "فال", "بال", "كال", "وبال", "وكال", "فبال", "لل", "ولل", "فلل")
_ENCLITICS: Final = ("هما", "كما", "هم", "هن", "ها", "كم", "نا", "ه")


class Clause(NamedTuple):
    """One thing that a query asks for: `terms` in this order at neighbouring words (one for a word alone), the last as a beginning where `prefix`;
    in `field`, or in any where it is None; not there at all where `excluded`."""

    terms: tuple[str, ...]
    field: Field | None = None
    prefix: bool = False
    excluded: bool = False


class Query(NamedTuple):
    """A query, read. All clauses must hold; a query without clauses holds nowhere.

    An index of `terms` answers clauses of one term by itself. Of a phrase it gives the texts that have all its terms; `matches` then says in which
    of them they stand together.
    """

    clauses: tuple[Clause, ...]

    @property
    def exact(self) -> bool:
        """Whether an index of terms answers the query alone, without `matches`."""
        return all(len(clause.terms) == 1 for clause in self.clauses)

    def matches(self, text: str | Mapping[Field, str]) -> bool:
        """Whether the text, or the fields of a report, hold what is asked for."""
        fields: Mapping[Field, str] = {"text": text} if isinstance(text, str) else text
        read = {name: _tokens(words) for name, words in fields.items()}
        wanted = [clause for clause in self.clauses if not clause.excluded]
        return bool(wanted) and all(_found(clause, read) != clause.excluded for clause in self.clauses)

    def spans(self, text: str, field: Field = "text") -> list[Span]:
        """Where `text`, which is the report's `field`, has what is asked for, to be shown: in order, none overlapping."""
        tokens = _tokens(text)
        found = {
            span
            for clause in self.clauses
            if not clause.excluded and clause.field in (None, field)
            for span in tokens.places(clause)
        }  # fmt: skip
        apart: list[Span] = []
        for start, end in sorted(found):
            if apart and start < apart[-1][1]:
                apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
            else:
                apart.append((start, end))
        return apart


def terms(text: str) -> list[str]:
    """The terms that `text` is found by, each once, in order of first use."""
    words = tokens_of(text)
    found: dict[str, None] = {}
    seen: set[tuple[str, bool, str | None]] = set()
    for i in range(len(words)):
        token = _token_at(words, i)
        if token not in seen:
            seen.add(token)
            for term, _ in _terms_of(*token):
                found[term] = None
    return list(found)


def query(words: str) -> Query:
    """What `words` ask for. Nothing that is typed is an error: a quotation that is not closed goes on to the end, an unknown field is a word."""
    clauses: list[Clause] = []
    loose: list[Clause] = []
    for minus, name, quoted, bare in _PARTS.findall(words):
        field = FIELDS.get(name.rstrip(":").casefold())
        spoken = quoted or bare
        if name and field is None:
            spoken = f"{name} {spoken}"
        clause = _clause(spoken.strip('"«»“”„'), field, bool(minus))
        if clause is None:
            continue
        if quoted or minus or field:
            clauses += [*_closed(loose), clause]
            loose = []
        else:
            loose.append(clause)
    clauses += _closed(loose)
    return Query(tuple(dict.fromkeys(clauses))[:_MOST_CLAUSES])


_PARTS: Final = re.compile(r"""(-(?=\S))?([^\s"«»“”:]+:(?=\S))?(?:["«“„]([^"»”]*)["»”]?|([^\s"«“„]+))""")


def _clause(spoken: str, field: Field | None, excluded: bool) -> Clause | None:
    prefix = spoken.endswith("*")
    forms = [form for form in tokenise(spoken).forms if _is_word(form)]
    if not forms:
        return None
    if prefix:
        last = _unarticled(forms[-1])[:LONGEST]
        return Clause((*_phrase(forms[:-1]), last), field, True, excluded)
    return Clause(_phrase(forms), field, False, excluded)


def _closed(loose: list[Clause]) -> list[Clause]:
    """Words that stand side by side in a query, with those that make one name together as one term."""
    found: list[Clause] = []
    for clause in loose:
        if found and len(clause.terms) == 1 and len(found[-1].terms) == 1 and not clause.prefix and not found[-1].prefix:
            first, second = found[-1].terms[0], clause.terms[0]
            half = second if second in SECOND else "ال" + second
            if first in HEADS or half in SECOND:
                found[-1] = Clause((_normal(closed_up((first, second if first in HEADS else half)) or first + second),))
                continue
        found.append(clause)
    return found


def _phrase(forms: Iterable[str]) -> tuple[str, ...]:
    asked: list[str] = []
    head = ""
    for form in forms:
        if head:
            asked.append(_asked(HEADS[head] + form))
            head = ""
        elif form in HEADS:
            head = form
        elif form in SECOND and asked:
            asked[-1] = _normal(asked[-1] + form)
        else:
            asked.append(_asked(form))
    return (*asked, _asked(head)) if head else tuple(asked)


def _is_word(form: str) -> bool:
    return form[0].isalnum()


def _asked(form: str) -> str:
    return _normal(_unarticled(form))


def _unarticled(form: str) -> str:
    """A query's word without its article, and without a preposition only where the article shows it to be one."""
    for article in ("وبال", "وال", "فال", "بال", "كال", "ال"):
        if form.startswith(article) and len(form) >= len(article) + 3:
            return form[len(article) :]
    return form[1:] if form.startswith("لل") and len(form) > 5 else form


# -- terms of a text


def _terms_at(words: Words, i: int) -> tuple[tuple[str, int], ...]:
    """The terms of token `i`, each with the number of tokens that it takes."""
    return _terms_of(*_token_at(words, i))


def _token_at(words: Words, i: int) -> tuple[str, bool, str | None]:
    """What the terms of token `i` depend on, as `_terms_of` takes it."""
    forms, end = words.forms, words.ends[i]
    form = forms[i]
    following = forms[i + 1] if i + 1 < len(forms) else None
    if following is not None and not ((following in SECOND or _joins(form)) and not words.text[end : words.starts[i + 1]].strip(" -\u00a0")):
        following = None  # as with most: the memo then knows the token alone
    return form, words.text[end - 1] == "ه", following


@lru_cache(maxsize=100_000)
def _joins(form: str) -> bool:
    """Whether a token can be the first half of a name of two."""
    return any(map(is_first_half, _heads(form)))


@lru_cache(maxsize=100_000)
def _terms_of(form: str, pronoun: bool, following: str | None) -> tuple[tuple[str, int], ...]:
    """The terms of a token before another (None: before a stop). `pronoun`: whether a final ه was written so, and not ة."""
    if not _is_word(form):
        return ()
    found = [(stem, 1) for stem in _stems(form, pronoun)]
    if following is None:
        return tuple(found)
    for head in _heads(form):
        whole = closed_up((head, following))
        if whole is not None:
            found.append((_normal(whole), 2))
            if whole.startswith("ابو"):
                found.append((_normal(whole[1:]), 2))  # البوكمال
            if following.startswith("ال") and head in HEADS:
                found.append((_normal(HEADS[head] + following[2:]), 2))
    return tuple(found)


def _heads(form: str) -> Iterator[str]:
    yield form
    for article in _ARTICLES[:1]:
        if form.startswith(article) and len(form) > 4:
            yield form[len(article) :]
    for proclitic in _PROCLITICS:
        if form.startswith(proclitic) and (form[len(proclitic) :] in HEADS or len(form) - len(proclitic) > 2):
            yield form[len(proclitic) :]


@lru_cache(maxsize=200_000)
def _stems(form: str, pronoun: bool) -> tuple[str, ...]:
    """The stems of a folded token, itself first. `pronoun`: whether a final ه was written so, and not ة."""
    if not "\u0620" <= form[0] <= "\u06ff":
        return (form.casefold()[:LONGEST],)
    heads = [form]
    heads += [form[len(p) :] for p in _PROCLITICS if form.startswith(p) and len(form) - len(p) >= 3]
    for article in _ARTICLES:
        if form.startswith(article) and len(form) - len(article) >= 2:
            heads.append(form[len(article) :])
            if article.endswith("لل"):
                heads.append(form[len(article) - 1 :])  # للجنة: the stem begins with its own lam
    found: dict[str, None] = {}
    for head in heads:
        found[_normal(head)] = None
        if head.startswith("البو") and len(head) > 6:
            found[_normal("ا" + head[2:])] = None
        for stem in _without_ending(head, pronoun):
            found[_normal(stem)] = None
    return tuple(found)


def _without_ending(head: str, pronoun: bool) -> Iterator[str]:
    if head.endswith("ا") and len(head) > 3:
        yield head[:-1]  # an accusative: عنصرا
    if head.endswith("و") and len(head) > 4:
        yield head + "ن"  # a construct: مقاتلو الحركة
    for enclitic in _ENCLITICS:
        if not head.endswith(enclitic) or len(head) - len(enclitic) < 3 or (enclitic == "ه" and not pronoun):
            continue
        stem = head[: -len(enclitic)]
        yield stem
        if stem.endswith("ت"):
            yield stem[:-1] + "ه"  # مدينتهم
        elif stem.endswith(("اي", "او")):
            yield stem[:-1]  # وجهائها
        elif stem.endswith("ا"):
            yield stem[:-1] + "ي"  # مستشفاها


@lru_cache(maxsize=200_000)
def _normal(form: str) -> str:
    """One spelling of a folded stem: as `spellings.tsv` has it, شئون as شؤون, سورية as سوريا, مدنيون as مدنيين, شهداء as شهدا."""
    whole, begins = _spellings()
    form = whole.get(form, form)
    for variant, spelling in begins:
        if form.startswith(variant):
            form = spelling + form[len(variant) :]
            break
    if not "\u0620" <= form[0] <= "\u06ff":
        return form.casefold()[:LONGEST]
    if len(form) > 3 and form.endswith("ء"):
        form = form[:-1]
    if len(form) > 4:
        if form.endswith("يا"):
            form = form[:-1] + "ه"
        elif form.endswith("ون"):
            form = form[:-2] + "ين"
    return (form[0] + form[1:].replace("يو", "وو"))[:LONGEST]


@cache
def _spellings() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    lines = (files("marsad.arabic") / "spellings.tsv").read_text("utf-8").splitlines()[1:]
    pairs = [tuple(fold(cell) for cell in line.split("\t")) for line in lines]
    whole = {variant: spelling for variant, spelling in pairs if not variant.endswith("*")}
    return whole, tuple((variant[:-1], spelling[:-1]) for variant, spelling in pairs if variant.endswith("*"))


# -- a query against a text


class _Tokens:
    """The terms of a text by their places."""

    def __init__(self, text: str) -> None:
        self.words = tokenise(text)
        self._at: dict[int, dict[str, int]] = {}

    def at(self, i: int) -> dict[str, int]:
        """The terms of token `i` and how many tokens each takes, worked out where they are asked for."""
        found = self._at.get(i)
        if found is None:
            found = self._at[i] = _by_term(_terms_at(self.words, i))
        return found

    def places(self, clause: Clause) -> Iterator[Span]:
        """Where the clause's terms stand together."""
        first = None if clause.prefix and len(clause.terms) == 1 else clause.terms[0]
        forms = self.words.forms
        for i, (form, following) in enumerate(zip(forms, [*forms, ""][1:], strict=True)):
            if first is not None and not ((_may_have(form, first) or following in SECOND) and first in self.at(i)):
                continue
            end = self._goes(clause, 0, i)
            if end is not None:
                yield self.words.starts[i], self.words.ends[end]

    def _goes(self, clause: Clause, k: int, i: int) -> int | None:
        """The last token of the clause's terms from the `k`-th on, which begin at token `i`; None where they do not."""
        count = len(self.words)
        while i < count and k and not self.at(i):
            i += 1  # punctuation inside a phrase
        if i >= count:
            return None
        last = k == len(clause.terms) - 1
        for term, width in self.at(i).items():
            if term == clause.terms[k] or (last and clause.prefix and term.startswith(clause.terms[k])):
                end = i + width - 1 if last else self._goes(clause, k + 1, i + width)
                if end is not None:
                    return end
        return None


@lru_cache(maxsize=64)  # of what matches, the spans are asked for next
def _tokens(text: str) -> _Tokens:
    return _Tokens(text)


@lru_cache(maxsize=100_000)
def _may_have(form: str, term: str) -> bool:
    """Whether a token can have a term, unless what follows is a second half: so that most tokens of a text are never taken apart for a query."""
    return _is_word(form) and (_joins(form) or term in _stems(form, True) or term in _stems(form, False))


@lru_cache(maxsize=100_000)
def _by_term(found: tuple[tuple[str, int], ...]) -> dict[str, int]:
    return dict(sorted(set(found), key=lambda one: -one[1]))


def _found(clause: Clause, fields: Mapping[Field, _Tokens]) -> bool:
    return any(next(tokens.places(clause), None) is not None for name, tokens in fields.items() if clause.field in (None, name))
