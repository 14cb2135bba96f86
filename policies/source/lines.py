"""Where every key of a TOML document stands.

Only positions are worked out here: the text must already have been accepted by ``tomllib``, which alone decides what
is valid.  A path is the chain of keys and array positions that leads to a value: ``("rules", 3, "when", "all", 0)``.
"""

from __future__ import annotations

from bisect import bisect_right

Path = tuple[str | int, ...]

DEEPEST = 32  # tables and lists inside each other; nothing that a person would write comes near

_BLANK = " \t\r\n"
_SCALAR_END = ",]}\n#"


class _Scanner:
    """One pass over the text; ``found`` maps each path to the offset where it first stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, int] = {(): 0}
        self.lengths: dict[Path, int] = {}

    def document(self) -> None:
        prefix: Path = ()
        while self.skip():
            if self.text[self.at] == "[":
                prefix = self.header()
            else:
                self.assignment(prefix)

    def header(self) -> Path:
        start = self.at
        double = self.text.startswith("[[", self.at)
        self.at += 2 if double else 1
        keys = self.dotted("]")
        self.at += 2 if double else 1
        path: Path = ()
        for key in keys[:-1][: DEEPEST + 1]:
            path = self.enter(path, key, start)
        path = (*path, keys[-1])
        self.found.setdefault(path, start)
        if double:
            self.lengths[path] = self.lengths.get(path, 0) + 1
            path = (*path, self.lengths[path] - 1)
            self.found.setdefault(path, start)
        elif path in self.lengths:
            path = (*path, self.lengths[path] - 1)
        return path

    def enter(self, path: Path, key: str, start: int) -> Path:
        """One step down; an array of tables is entered at its newest member."""
        path = (*path, key)
        self.found.setdefault(path, start)
        return (*path, self.lengths[path] - 1) if path in self.lengths else path

    def assignment(self, prefix: Path) -> None:
        start = self.at
        for key in self.dotted("="):
            if len(prefix) > DEEPEST:  # refused anyway; longer paths would only cost memory
                break
            prefix = (*prefix, key)
            self.found.setdefault(prefix, start)
        self.at += 1
        self.value(prefix)

    def dotted(self, end: str) -> list[str]:
        keys: list[str] = []
        while True:
            self.skip()
            if self.text[self.at] in "\"'":
                keys.append(self.string())
            else:
                start = self.at
                while self.text[self.at] not in f". \t{end}":
                    self.at += 1
                keys.append(self.text[start : self.at])
            self.skip()
            if self.text[self.at] != ".":
                return keys
            self.at += 1

    def value(self, path: Path) -> None:
        self.skip()
        opening = self.text[self.at]
        if opening in "\"'":
            self.string()
        elif opening == "[":
            self.array(path)
        elif opening == "{":
            self.inline(path)
        else:
            while self.at < len(self.text) and self.text[self.at] not in _SCALAR_END:
                self.at += 1

    def array(self, path: Path) -> None:
        self.at += 1
        position = 0
        while self.skip() and self.text[self.at] != "]":
            self.found.setdefault((*path, position), self.at)
            self.value((*path, position))
            position += 1
            self.skip()
            if self.text[self.at] == ",":
                self.at += 1
        self.at += 1

    def inline(self, path: Path) -> None:
        self.at += 1
        while self.skip() and self.text[self.at] != "}":
            self.assignment(path)
            self.skip()
            if self.text[self.at] == ",":
                self.at += 1
        self.at += 1

    def string(self) -> str:
        """Skips a string of any of the four kinds; the text is given back as it stands, for keys."""
        quote = self.text[self.at]
        fence = quote * 3 if self.text.startswith(quote * 3, self.at) else quote
        start = self.at = self.at + len(fence)
        while not self.text.startswith(fence, self.at):
            self.at += 2 if quote == '"' and self.text[self.at] == "\\" else 1
        body = self.text[start : self.at]
        self.at += len(fence)
        while len(fence) == 3 and self.text.startswith(quote, self.at):  # up to two quotes may end the body itself
            self.at += 1
        return body

    def skip(self) -> bool:
        """Past blanks and comments; False at the end of the text."""
        while self.at < len(self.text):
            if self.text[self.at] in _BLANK:
                self.at += 1
            elif self.text[self.at] == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            else:
                return True
        return False


def locate(text: str) -> dict[Path, int]:
    """Every key path of a valid TOML ``text`` with its line number, the first line being 1."""
    scanner = _Scanner(text)
    scanner.document()
    breaks = [i for i, character in enumerate(text) if character == "\n"]
    return {path: bisect_right(breaks, offset - 1) + 1 for path, offset in scanner.found.items()}
