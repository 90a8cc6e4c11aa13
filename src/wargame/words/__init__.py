"""The words that the program itself says, in other languages: catalogues of sentences, looked up by the English one.

The lowest package: it knows of nothing else, and everything may use it. A catalogue is a folder named after its language with
YAML files in it, each a mapping from an English sentence to the same in that language, `{names}` in braces alike. Spaces and
line breaks at the edges of a sentence are no part of it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from attrs import evolve, field, frozen

ENGLISH = "en"


@frozen
class Words:
    """The sentences of a language. What it lacks stays English."""

    language: str = ENGLISH
    sentences: Mapping[str, str] = field(factory=dict, repr=False)

    def phrase(self, english: str, /, **values: object) -> str:
        """The sentence in this language, `{name}` replaced by the value of that name (as `str.format` does it).

        Without values braces are letters like others. A sentence with values must have braces for nothing else.
        """
        core = english.strip()
        known = self.sentences.get(core)
        words = english if known is None else english.replace(core, known, 1)
        return words.format(**values) if values else words

    def counted(self, one: str, many: str, count: int, **values: object) -> str:
        """`one` for a count of 1 and else `many`, in this language; `{count}` is the number."""
        return self.phrase(one if count == 1 else many, count=count, **values)

    def ascii(self) -> Words:
        """The same without accents, for terminals that draw only ASCII."""
        return evolve(self, sentences={english: _bare(words) for english, words in self.sentences.items()})


def later(english: str) -> str:
    """Marks a sentence that stands in a table and is looked up when it is said: it stays as it is here."""
    return english


def base(language: str) -> str:
    """`es` of `es-MX`, `es_MX.UTF-8` and `es`."""
    return language.lower().replace("_", "-").partition("-")[0].partition(".")[0]


@lru_cache
def languages() -> tuple[str, ...]:
    """The languages there are, English first."""
    folders = (each.name for each in files(__name__).iterdir() if each.is_dir() and not each.name.startswith("_"))
    return (ENGLISH, *sorted(folders))


@lru_cache
def words_of(language: str) -> Words:
    """The words of a language, read once; those of English where there is no such catalogue."""
    name = base(language)
    if name == ENGLISH or name not in languages():
        return Words()
    import yaml  # only for who speaks another language

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    sentences: dict[str, str] = {}
    for each in sorted(files(__name__).joinpath(name).iterdir(), key=lambda file: file.name):
        if each.name.endswith(".yaml"):
            sentences.update(yaml.load(each.read_text(encoding="utf-8"), Loader=loader) or {})
    return Words(name, sentences)


def _bare(words: str) -> str:
    apart = unicodedata.normalize("NFKD", words.replace("¿", "").replace("¡", ""))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
