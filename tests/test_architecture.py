"""Who may import whom.  The table below is the architecture; the test reads every import in the tree."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LIBRARIES = ("classifiers", "policies", "anonymizers")

# Inside release: a room may import itself and the rooms it names here, nothing else.
RELEASE = {
    "nouns": set(),
    "tabular": {"nouns"},
    "ingest": {"nouns", "tabular"},
    "job": {"nouns"},
    "steps": {"nouns", "tabular", "job"},
    "publish": {"nouns", "tabular", "steps"},
    "workflow": {"nouns"},
    "store": {"nouns", "workflow"},
    "vault": {"nouns"},
    "ledger": {"nouns", "store"},
    "dp": {"nouns", "job", "tabular", "ledger"},
    "synth": {"nouns", "tabular", "dp"},
    "samples": {"nouns", "tabular", "ingest"},
    "desk": {
        "nouns",
        "job",
        "tabular",
        "ingest",
        "steps",
        "publish",
        "workflow",
        "store",
        "vault",
        "ledger",
        "dp",
        "synth",
    },
    "worker": {"nouns", "workflow", "store", "vault", "desk"},
    "web": {"nouns", "workflow", "desk"},
    "cli": {"nouns", "job", "ingest", "desk", "samples"},
    "wiring": {
        "nouns",
        "tabular",
        "ingest",
        "steps",
        "publish",
        "workflow",
        "store",
        "vault",
        "ledger",
        "dp",
        "synth",
        "samples",
        "desk",
        "worker",
        "web",
        "cli",
    },
}

# An outside engine stands behind these places only.
ENGINES = {
    "sqlalchemy": ("release/store", "release/ledger", "release/ingest/database.py"),
    "fastapi": ("release/web",),
    "starlette": ("release/web",),
    "uvicorn": ("release/wiring",),
    "jinja2": ("release/web", "release/publish/report"),
    "opendp": ("release/dp", "anonymizers/noise.py"),
    "presidio_analyzer": ("classifiers/presidio.py",),
    "typer": ("release/cli", "release/wiring"),
    "rich": ("release/cli",),
    "cryptography": ("release/vault", "release/publish/signature.py", "anonymizers/cipher.py"),
    "duckdb": ("anonymizers/duck.py",),
    "python_calamine": ("release/ingest",),
    "onnxruntime": ("classifiers/ner",),
    "highspy": ("anonymizers/tables/solver.py",),
    "sklearn": ("anonymizers/utility/learn.py",),
}

PLUGINS = (
    "classifiers/person",
    "classifiers/organisation",
    "classifiers/thing",
    "classifiers/text",
    "anonymizers/treatments",
    "anonymizers/hierarchies",
    "anonymizers/models",
    "anonymizers/recoding",
    "anonymizers/measures",
    "anonymizers/utility/metrics",
)

BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base", "service", "services"}


def sources() -> list[Path]:
    return [p for room in ("release", *LIBRARIES) for p in sorted((ROOT / room).rglob("*.py"))]


def imports(path: Path) -> list[str]:
    """Every module that ``path`` imports, late imports and TYPE_CHECKING ones included."""
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write absolute imports"
            found.append(node.module or "")
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", sources(), ids=relative)
def test_arrows(path: Path) -> None:
    parts = path.relative_to(ROOT).with_suffix("").parts
    for module in imports(path):
        target = module.split(".")
        if parts[0] in LIBRARIES and target[0] in ("release", *LIBRARIES):
            assert target[0] == parts[0], f"{relative(path)} imports {module}: the libraries know nothing of each other"
        if parts[0] == "release" and target[0] == "release" and len(parts) > 2 and len(target) > 1:
            room, other = parts[1], target[1]
            assert other == room or other in RELEASE[room], f"{relative(path)} imports {module}: arrows point left only"


@pytest.mark.parametrize("path", sources(), ids=relative)
def test_engines_stand_behind_one_place(path: Path) -> None:
    for module in imports(path):
        places = ENGINES.get(module.split(".")[0])
        if places is not None:
            assert relative(path).startswith(places), f"{relative(path)} imports {module}: only {places} may"


@pytest.mark.parametrize("folder", PLUGINS)
def test_a_plugin_never_imports_its_sibling(folder: str) -> None:
    package = folder.replace("/", ".")
    for path in sorted((ROOT / folder).glob("*.py")):
        for module in imports(path):
            assert not module.startswith(package + "."), f"{relative(path)} imports its sibling {module}"


def test_measures_share_nothing_with_what_they_measure() -> None:
    for path in sorted((ROOT / "anonymizers" / "measures").rglob("*.py")):
        for module in imports(path):
            assert not module.startswith(("anonymizers.treatments", "anonymizers.search", "anonymizers.hierarchies")), (
                path
            )


@pytest.mark.parametrize("path", sources(), ids=relative)
def test_names_say_something(path: Path) -> None:
    assert path.stem not in BANNED_NAMES, f"{relative(path)}: name it after its noun or verb"


@pytest.mark.parametrize("path", sources(), ids=relative)
def test_files_stay_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350, f"{relative(path)} is too long: split by noun"


@pytest.mark.parametrize("path", sources(), ids=relative)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{relative(path)} has no docstring"


def test_noise_is_only_opendps() -> None:
    for path in sources():
        text = path.read_text(encoding="utf-8")
        assert "np.random" not in text and "numpy.random" not in text, f"{relative(path)}: noise is only ever OpenDP's"


def test_no_basemodel_and_no_notebooks() -> None:
    assert not list(ROOT.glob("[!.]*/**/*.ipynb"))
    for path in sources():
        assert "pydantic.BaseModel" not in imports(path), f"{relative(path)}: one frozen dataclass per noun"
