"""Names as they are matched: one spelling for what people and lists write in several.

A name is always stored as given. Two names are taken for the same when their keys are
equal: the official lists write one firm with full-width and with half-width brackets,
and with a stray space in the middle.
"""

import re
import unicodedata

_BRACKETS = str.maketrans(
    {
        "[": "(",
        "{": "(",
        "〔": "(",
        "【": "(",
        "〖": "(",
        "「": "(",
        "『": "(",
        "]": ")",
        "}": ")",
        "〕": ")",
        "】": ")",
        "〗": ")",
        "」": ")",
        "』": ")",
    }
)
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "《": "<", "》": ">", "〈": "<", "〉": ">"})
_DASHES = re.compile(r"[‐‑‒–—―−]")  # noqa: RUF001 - the dashes that stand for a hyphen
_DOTS = re.compile(r"[‧•∙⋅・･]")
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")

SEPARATOR = "\n"
LONGEST_GRAM = 3


def tidy(text: str) -> str:
    """The text as a person would copy it: no outer or doubled blanks, no invisible marks."""
    return " ".join(re.sub(r"[\u200b-\u200f\u2060\ufeff\u00ad]", "", text).split())


def key(text: str) -> str:
    """The form under which two spellings of one name are equal.

    NFKC, lower case, every bracket round, typographic quotes, dashes and middle dots
    plain, no blanks at all. Idempotent.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_BRACKETS).translate(_QUOTES)
    plain = _DOTS.sub("·", _DASHES.sub("-", plain))
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", plain).casefold())


def haystack(*texts: str) -> str:
    """What the register's search looks through: the keys, apart from one another.

    No search term spans two of them, since a key holds no line break.
    """
    seen = dict.fromkeys(filter(None, (key(text) for text in texts)))
    return SEPARATOR.join(seen)


def terms(query: str) -> list[str]:
    """The search terms of what a person typed: split at blanks, each as a key."""
    return list(dict.fromkeys(filter(None, (key(word) for word in query.split()))))


def grams(term: str) -> list[int]:
    """The runs of three characters that cover a term, or the one shorter run that it is.

    Numbers as `register_grams` gives them in the database: two runs may share one, so
    a search looks at the text itself as well.
    """
    size = min(len(term), LONGEST_GRAM)
    runs = (term[i : i + size] for i in range(len(term) - size + 1))
    return list(dict.fromkeys(gram(run) for run in runs))


def gram(run: str) -> int:
    """The number of one run of one to three characters."""
    number = 0
    for character in run:
        number = number * 65_599 + ord(character)
    return number % 2_147_483_647
