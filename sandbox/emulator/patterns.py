"""AWS's patterns as Python's regular expressions. AWS writes them for Java, which reads some of them differently."""

import functools
import re
import sys
import unicodedata


class ForeignPattern(Exception):
    """A pattern that Python cannot hold as AWS does."""


@functools.cache
def compiled(pattern):
    """
    The pattern, for `fullmatch`: AWS holds the whole value against it. Java's \\w, \\d and \\s are ASCII's.
    Raises ForeignPattern for what cannot be taken over; nothing is left out in silence.
    """
    try:
        return re.compile(_translated(pattern), re.ASCII)
    except re.error as error:
        raise ForeignPattern(f"{pattern}: {error}") from error


def _translated(pattern):
    text, start = [], 0
    dot = "." if "(?s)" in pattern else r"[^\n\r\u0085\u2028\u2029]"
    while start < len(pattern):
        char = pattern[start]
        if char == "[":
            translated, start = _translated_class(pattern, start)
            text.append(translated)
            continue
        if char == "\\":
            translated, _, start = _translated_escape(pattern, start, within_class=False)
            text.append(translated)
            continue
        if char == "^" and text and text[-1] not in ("(", "|"):
            raise ForeignPattern(f"{pattern}: a ^ in the middle, which nothing can match")
        text.append(dot if char == "." else char)
        start += 1
    return "".join(text)


def _translated_class(pattern, start):
    """A class such as `[\\w-_]`: after \\w, a hyphen is a hyphen to Java and an error to Python."""
    text, start = ["["], start + 1
    if pattern.startswith("^", start):
        text.append("^")
        start += 1
    after_set = False
    while True:
        if start >= len(pattern):
            raise ForeignPattern(f"{pattern}: a class without an end")
        char = pattern[start]
        if char == "]":
            return "".join([*text, "]"]), start + 1
        if char == "[" or pattern.startswith("&&", start):
            raise ForeignPattern(f"{pattern}: a class within a class")
        if char == "\\":
            translated, after_set, start = _translated_escape(pattern, start, within_class=True)
            text.append(translated)
            continue
        text.append("\\-" if char == "-" and after_set else char)
        after_set = False
        start += 1


def _translated_escape(pattern, start, within_class):
    """An escape, whether it stands for a set of characters, and where the pattern goes on."""
    escape = pattern[start : start + 2]
    if escape == r"\u":
        code, start = int(pattern[start + 2 : start + 6], 16), start + 6
        if 0xD800 <= code < 0xDC00 and pattern.startswith(r"\u", start):
            low, start = int(pattern[start + 2 : start + 6], 16), start + 6
            code = 0x10000 + (code - 0xD800) * 0x400 + (low - 0xDC00)
        return re.escape(chr(code)), False, start
    if escape == r"\p":
        name, start = re.compile(r"\{(\w+)\}").match(pattern, start + 2), start
        if name is None:
            raise ForeignPattern(f"{pattern}: a property without braces")
        ranges = _property(name[1])
        return (ranges if within_class else f"[{ranges}]"), True, name.end()
    return escape, escape in (r"\w", r"\d", r"\s", r"\W", r"\D", r"\S"), start + 2


@functools.cache
def _property(name):
    """The characters of a Unicode category such as L or Zs, as the inside of a class."""
    ranges = [[first, last] for category, first, last in _categories() if category.startswith(name)]
    if not ranges:
        raise ForeignPattern(f"no characters have the property {name}")
    return "".join(re.escape(chr(first)) + "-" + re.escape(chr(last)) for first, last in ranges)


@functools.cache
def _categories():
    """Runs of neighbouring characters of one category."""
    runs = []
    for code in range(sys.maxunicode + 1):
        category = unicodedata.category(chr(code))
        if runs and runs[-1][0] == category:
            runs[-1][2] = code
        else:
            runs.append([category, code, code])
    return runs
