"""Reads a project file (RON) as plain dicts, lists and texts, and finds things by tag.

A bare word such as Met becomes ("Met",), and Inherited("x") becomes ("Inherited", ["x"]).
"""

import re

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[()\[\]{},:]|[^\s()\[\]{},:"]+', re.S)
ESCAPED = re.compile(r"\\(u\{[0-9a-fA-F]+\}|x..|.)", re.S)
SIGNS = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
CLOSING = {"(": ")", "[": "]", "{": "}"}


def text_of(token):
    """What stands between the quotes."""

    def sign(match):
        code = match.group(1)
        if code.startswith("u{"):
            return chr(int(code[2:-1], 16))
        if code.startswith("x"):
            return chr(int(code[1:], 16))
        return SIGNS.get(code, code)

    return ESCAPED.sub(sign, token[1:-1])


def word_of(token):
    """A number, yes or no, or the bare word."""
    if token in ("true", "false"):
        return token == "true"
    for kind in (int, float):
        try:
            return kind(token)
        except ValueError:
            pass
    return (token,)


def read(text):
    """The value a file holds."""
    tokens = TOKEN.findall(re.sub(r"^#!\[.*\]$", "", text, flags=re.M))
    at = 0

    def values(opening):
        nonlocal at
        at += 1
        named, plain = {}, []
        while tokens[at] != CLOSING[opening]:
            if opening == "(" and tokens[at + 1] == ":":
                name = tokens[at]
                at += 2
                named[name] = value()
            elif opening == "{":
                name = value()
                at += 1
                named[name if isinstance(name, str) else name[0]] = value()
            else:
                plain.append(value())
            if tokens[at] == ",":
                at += 1
        at += 1
        return plain if opening == "[" or plain else named

    def value():
        nonlocal at
        token = tokens[at]
        if token in CLOSING:
            return values(token)
        at += 1
        if token[0] == '"':
            return text_of(token)
        word = word_of(token)
        if isinstance(word, tuple) and tokens[at : at + 1] == ["("]:
            return (token, values("("))
        return word

    return value()


def word(value, default=None):
    """The bare word of a value."""
    return value[0] if isinstance(value, tuple) else default


def project(path):
    """The project in a file."""
    with open(path, encoding="utf-8") as file:
        return read(file.read())["project"]


def tags(it):
    """The tag behind every identifier of a project."""
    kinds = ("zones", "conduits", "assets", "evidence", "risks", "actions", "acceptances", "manual_findings")
    return {key: thing["tag"] for kind in kinds for key, thing in it.get(kind, {}).items()}
