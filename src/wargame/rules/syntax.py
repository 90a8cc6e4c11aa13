"""From the text of an expression to Python's syntax tree, refusing everything the language does not have."""

from __future__ import annotations

import ast
import keyword
import re
import warnings
from functools import lru_cache

from attrs import frozen

from wargame.scenario.node import NOWHERE, Mark, Scalar
from wargame.scenario.problem import Report

MOST_CHARACTERS = 2000
MOST_DEPTH = 40
MOST_NODES = 600
MOST_NUMBER = 1_000_000_000
REMEMBERED = 120  # characters of the longest expression whose tree is kept: most stand in a scenario more than once

_WORDS = frozenset(("and", "or", "not", "if", "else", "for", "in", "is", "lambda", "True", "False", "None", "await", "yield"))
_KEYWORD = re.compile(r"\b(" + "|".join(sorted(word for word in keyword.kwlist if word not in _WORDS)) + r")\b")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_CONFUSED = (
    (re.compile(r"&&?"), "and", "`{}` is not part of the language", "write `and`"),
    (re.compile(r"\|\|?"), "or", "`{}` is not part of the language", "write `or`"),
    (re.compile(r"!(?!=)"), "not", "`{}` is not part of the language", "write `not`"),
    (re.compile(r"<>"), "!=", "`{}` is not part of the language", "write `!=`"),
    (re.compile(r"=>|=<"), ">=", "`{}` is not part of the language", "write `>=` or `<=`"),
    (re.compile(r":="), "==", "`{}` is not part of the language", "an expression only reads the board"),
    (re.compile(r"(?<![=!<>])=(?!=)"), "==", "`=` does not compare", "did you mean `==`?"),
    (re.compile(r"\*\*"), "*", "powers (`**`) are not part of the language", "multiply instead"),
    (re.compile(r"%"), "", "`%` is not part of the language", "write a chance as a plain number; `//` divides whole numbers"),
)
_NODES: tuple[type[ast.AST], ...] = (
    ast.Expression,
    ast.BoolOp,
    ast.And,
    ast.Or,
    ast.UnaryOp,
    ast.Not,
    ast.USub,
    ast.UAdd,
    ast.BinOp,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.FloorDiv,
    ast.Compare,
    ast.Eq,
    ast.NotEq,
    ast.Lt,
    ast.LtE,
    ast.Gt,
    ast.GtE,
    ast.In,
    ast.NotIn,
    ast.IfExp,
    ast.Call,
    ast.Attribute,
    ast.Name,
    ast.Load,
    ast.Store,
    ast.Constant,
    ast.GeneratorExp,
    ast.comprehension,
    ast.List,
    ast.Tuple,
)
_CALLED: dict[type[ast.AST], str] = {
    ast.Lambda: "`lambda`",
    ast.Subscript: "`[...]` behind a name",
    ast.ListComp: "`[... for ...]`",
    ast.Dict: "`{...}`",
    ast.Set: "`{...}`",
    ast.Pow: "`**`",
    ast.Mod: "`%`",
    ast.Is: "`is`",
    ast.IsNot: "`is not`",
    ast.Starred: "`*`",
    ast.JoinedStr: "a text with `f` before it",
    ast.Await: "`await`",
    ast.Yield: "`yield`",
    ast.NamedExpr: "`:=`",
    ast.Invert: "`~`",
}


@frozen
class Source:
    """The text of an expression and where it stands: tells the mark of each column."""

    text: str
    mark: Mark
    inline: bool = True

    def at(self, column: int) -> Mark:
        """The place of a character of the text (from 0)."""
        return self.mark.shifted(column) if column and self.inline else self.mark

    def of(self, node: ast.AST) -> Mark:
        """The place of a node."""
        return self.at(self.column(node))

    def column(self, node: ast.AST) -> int:
        """The character at which a node starts."""
        found: int = getattr(node, "col_offset", 0)
        return found

    def width(self, node: ast.AST) -> int:
        """How many characters a node is long."""
        end: int = getattr(node, "end_col_offset", None) or 0
        return max(1, end - self.column(node))

    def spot(self, node: ast.AST) -> tuple[Mark, int]:
        """The place of a node and how many characters it is long."""
        start: int = getattr(node, "col_offset", 0)
        end: int = getattr(node, "end_col_offset", None) or 0
        return self.at(start), max(1, end - start)

    def snippet(self, node: ast.AST) -> str:
        """The text of a node."""
        column = self.column(node)
        return self.text[column : column + self.width(node)]


def source_of(scalar: Scalar) -> Source:
    """An expression that is a whole scalar."""
    return Source(scalar.text, scalar.mark, scalar.inline)


def parse(source: Source, report: Report) -> ast.expr | None:
    """The syntax tree of an expression; None when something has been reported."""
    text = source.text
    if not text.strip():
        report.error(source.mark, "empty", "Here an expression belongs, and there is nothing.")
        return None
    tree = remembered(text) if len(text) <= REMEMBERED else None
    return tree if tree is not None else _parse(source, report)


@lru_cache(maxsize=4096)
def remembered(text: str) -> ast.expr | None:
    """The tree of an expression in which nothing is wrong. Trees are never changed, and know only columns of the text."""
    return _simple(text) or _parse(Source(text, NOWHERE), Report())


def _parse(source: Source, report: Report) -> ast.expr | None:
    text = source.text
    if len(text) > MOST_CHARACTERS:
        report.error(
            source.mark,
            "too_long",
            f"This expression has {len(text)} characters; {MOST_CHARACTERS} is the most.",
            "name parts of it under `values`",
        )
        return None
    if not _scan(source, report):
        return None
    flat = " " * (len(text) - len(text.lstrip())) + text.strip()
    flat = re.sub(r"\s", " ", flat)
    quoted = [(match.start(), match.end()) for match in _STRING.finditer(flat)]
    flat = _KEYWORD.sub(lambda match: _disguise(match, quoted), flat)
    # In parentheses, so that leading space means nothing; on a line of its own, so that columns are those of the text.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse("(\n" + flat + "\n)", mode="eval")
    except SyntaxError as error:
        column = min(max(0, (error.offset or 1) - 1), len(text) - 1)
        report.error(source.at(column), "syntax", *_complaint(flat, error))
        return None
    except (ValueError, MemoryError, RecursionError):
        report.error(source.mark, "syntax", "This expression cannot be read.", "write it with fewer parts")
        return None
    if not flat.isascii():
        _to_characters(tree.body, flat)
    return tree.body if _allowed(tree.body, source, report) else None


def _simple(text: str) -> ast.expr | None:
    """A plain number or name, which most expressions are, without the parser."""
    if _NUMBER.fullmatch(text):
        found: ast.expr = ast.Constant(int(text))
    elif _NAME.fullmatch(text) and text not in _WORDS:
        found = ast.Name(text, ast.Load())
    else:
        return None
    found.lineno = found.end_lineno = 1
    found.col_offset, found.end_col_offset = 0, len(text)
    return found


def _disguise(match: re.Match[str], quoted: list[tuple[int, int]]) -> str:
    """A bound name that Python keeps for itself (`from`): its first letter in a form that the parser makes plain."""
    if any(start <= match.start() < end for start, end in quoted):
        return match.group()
    return chr(ord(match.group()[0]) - ord("a") + ord("\uff41")) + match.group()[1:]


def _complaint(text: str, error: SyntaxError) -> tuple[str, str]:
    opened, closed = text.count("("), text.count(")")
    if opened > closed:
        return "A parenthesis is opened and never closed.", "add `)`"
    if closed > opened:
        return "There is a `)` too many.", ""
    if text.count('"') % 2 or text.count("'") % 2:
        return "A text in quotes is not closed.", ""
    message = error.msg.lower()
    if "forgot a comma" in message or "invalid syntax" in message:
        return "This is not an expression: something is missing or too much here.", "an operator, a comma, or a `(` too few?"
    if "expected 'else'" in message:
        return "An `if` in an expression needs an `else`.", "write `A if CONDITION else B`"
    return "This is not an expression: something is missing or too much here.", ""


def _scan(source: Source, report: Report) -> bool:
    """Looks for what people from other languages write, and for nesting that the parser should not see."""
    bare = _STRING.sub(lambda match: '"' + "x" * (len(match.group()) - 2) + '"', source.text)
    found = False
    taken: set[int] = set()
    for pattern, _, message, hint in _CONFUSED:
        for match in pattern.finditer(bare):
            if match.start() in taken:
                continue
            taken.update(range(match.start(), match.end()))
            words = message.format(match.group())
            report.error(source.at(match.start()), "operator", words[0].upper() + words[1:] + ".", hint, len(match.group()))
            found = True
    if found:
        return False
    if bare.isascii() and bare.isprintable() and sum(map(bare.count, "([{")) <= MOST_DEPTH:
        return True
    depth = 0
    for column, letter in enumerate(bare):
        depth += (letter in "([{") - (letter in ")]}")
        if depth > MOST_DEPTH:
            report.error(
                source.at(column), "too_deep", "Parentheses are nested too deeply here.", "name parts of it under `values`"
            )
            return False
        if not letter.isascii() or (not letter.isprintable() and letter not in "\n\t"):
            report.error(
                source.at(column), "syntax", f"The character {letter!r} has no meaning in an expression.", _plain(letter)
            )
            return False
    return True


def _plain(letter: str) -> str:
    if letter in "\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb":
        return 'use straight quotes: "'
    if letter in "\u2264":
        return "write `<=`"
    if letter in "\u2265":
        return "write `>=`"
    if letter in "\u2260":
        return "write `!=`"
    if letter in "\u2212\u2013\u2014":
        return "write `-`"
    if letter in "\u00d7\u00b7":
        return "write `*`"
    return ""


def _allowed(tree: ast.expr, source: Source, report: Report) -> bool:
    count = 0
    queue: list[tuple[ast.AST, int]] = [(tree, 1)]
    good = True
    while queue:
        node, depth = queue.pop()
        count += 1
        if count > MOST_NODES:
            report.error(source.mark, "too_long", "This expression has too many parts.", "name parts of it under `values`")
            return False
        if depth > MOST_DEPTH:
            message = "This expression is nested too deeply here."
            report.error(source.of(node), "too_deep", message, "name parts of it under `values`")
            return False
        if not isinstance(node, _NODES):
            what = _CALLED.get(type(node), "this")
            message = f"{what[0].upper() + what[1:]} is not part of the language."
            report.error(source.of(node), "syntax", message, "", source.width(node))
            good = False
            continue
        if isinstance(node, ast.Constant) and not _plain_constant(node, source.of(node), source.width(node), report):
            good = False
        for name in node._fields:
            child = getattr(node, name)
            if isinstance(child, ast.AST):
                queue.append((child, depth + 1))
            elif isinstance(child, list):
                queue.extend((one, depth + 1) for one in child)
    return good


def _plain_constant(node: ast.Constant, mark: Mark, width: int, report: Report) -> bool:
    value = node.value
    if isinstance(value, bool):
        report.error(mark, "syntax", f"`{value}` is written with a small letter.", f"write `{str(value).lower()}`", width)
        return False
    if isinstance(value, (int, float)):
        if not abs(value) <= MOST_NUMBER:
            report.error(mark, "out_of_range", "This number is too large.", f"the largest is {MOST_NUMBER:,}", width)
            return False
        return True
    if isinstance(value, str):
        return True
    report.error(mark, "syntax", "This is not a value of the language.", "", width)
    return False


def _to_characters(tree: ast.expr, text: str) -> None:
    """The parser counts bytes; from here on columns count characters."""
    bytes_ = text.encode()
    for node in ast.walk(tree):
        if isinstance(node, (ast.expr, ast.keyword)):
            node.col_offset = len(bytes_[: node.col_offset].decode(errors="ignore"))
            if node.end_col_offset is not None:
                node.end_col_offset = len(bytes_[: node.end_col_offset].decode(errors="ignore"))
