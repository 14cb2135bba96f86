"""The stages of a long step: how far each one is, and how long it took."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Progress = Callable[[str, float], None]
Clock = Callable[[], float]


@dataclass(slots=True)
class Stages:
    """``seconds`` by stage; ``progress`` is called with the stage and the share of it that is done."""

    clock: Clock
    progress: Progress | None
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[Callable[[float], None]]:
        """Time what happens inside; yields a function that reports the share done."""
        started = self.clock()
        self.tell(name, 0.0)
        yield lambda share: self.tell(name, share)
        self.seconds[name] = self.clock() - started
        self.tell(name, 1.0)

    def tell(self, name: str, share: float) -> None:
        """Report that ``share`` of the stage is done."""
        if self.progress is not None:
            self.progress(name, share)
