"""The vault: what is kept opens again, what was bent does not, what was shredded never."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from release.nouns.errors import ReleaseError, Tampered
from release.vault.disk import staged
from release.vault.objects import Gone
from release.vault.packages import tree_digest
from release.vault.password import check_password, hash_password
from release.vault.sealed import PIECE
from release.vault.workspace import Vault, open_vault

CANARY = b"CANARY-3f9a-person-4711"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return open_vault(tmp_path / "home")


def keep(vault: Vault, *parts: bytes) -> str:
    with vault.objects.take() as upload:
        for part in parts:
            upload.write(part)
    assert upload.stored is not None
    return upload.stored.name


def fetch(vault: Vault, name: str, folder: Path) -> bytes:
    target = folder / os.urandom(4).hex()
    vault.objects.fetch(name, target)
    return target.read_bytes()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sizes=st.lists(st.sampled_from([0, 1, 17, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE]), max_size=4),
)
def test_any_bytes_come_back(vault: Vault, tmp_path: Path, sizes: list[int]) -> None:
    parts = [os.urandom(n) for n in sizes]
    assert fetch(vault, keep(vault, *parts), tmp_path) == b"".join(parts)


def test_nothing_lies_in_plain(vault: Vault) -> None:
    name = keep(vault, CANARY * 10_000)
    assert vault.objects.holds(name) and vault.objects.intact(name)
    for path in vault.home.rglob("*"):
        if path.is_file():
            assert CANARY not in path.read_bytes(), path
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


@pytest.mark.parametrize("where", [3, 20, PIECE + 30, -1])
def test_a_flipped_bit_is_seen(vault: Vault, tmp_path: Path, where: int) -> None:
    name = keep(vault, os.urandom(2 * PIECE))
    path = vault.home / "objects" / name[:2] / name
    content = bytearray(path.read_bytes())
    content[where] ^= 1
    path.write_bytes(content)
    assert not vault.objects.intact(name)
    with pytest.raises(Tampered):
        fetch(vault, name, tmp_path)


@pytest.mark.parametrize("cut", [1, 16, PIECE + 16, 2 * (PIECE + 16)])
def test_a_cut_file_is_seen(vault: Vault, tmp_path: Path, cut: int) -> None:
    name = keep(vault, os.urandom(3 * PIECE))
    path = vault.home / "objects" / name[:2] / name
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(Tampered):
        fetch(vault, name, tmp_path)


def test_what_is_shredded_never_opens_again(vault: Vault, tmp_path: Path) -> None:
    name = keep(vault, CANARY)
    copy = (vault.home / "objects" / name[:2] / name).read_bytes()
    vault.objects.shred(name)
    assert not vault.objects.holds(name)
    (vault.home / "objects" / name[:2] / name).write_bytes(copy)
    with pytest.raises(Gone):
        fetch(vault, name, tmp_path)
    with pytest.raises(Gone):
        vault.objects.shred(name)


def test_an_upload_that_breaks_leaves_nothing(vault: Vault) -> None:
    with pytest.raises(RuntimeError), vault.objects.take() as upload:
        upload.write(b"x" * (2 * PIECE))
        raise RuntimeError
    assert [p for p in (vault.home / "objects").rglob("*") if p.is_file()] == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64])
def test_names_that_are_no_digests_are_gone(vault: Vault, tmp_path: Path, name: str) -> None:
    with pytest.raises(Gone):
        vault.objects.fetch(name, tmp_path / "x")


def test_another_workspace_cannot_open_it(vault: Vault, tmp_path: Path) -> None:
    name = keep(vault, b"secret")
    (vault.home / "keys" / "workspace.key").write_bytes(os.urandom(32))
    with pytest.raises(Tampered):
        fetch(vault, name, tmp_path)


def test_keys_are_made_once_even_in_a_race(vault: Vault) -> None:
    found: list[tuple[bytes, bytes]] = []

    def ask() -> None:
        found.append((vault.keyring.release_key("dat_1"), vault.keyring.signing_seed()))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and len(set(found)) == 1
    assert vault.keyring.release_key("dat_2") != found[0][0]
    for path in (vault.home / "keys").rglob("*"):
        if path.is_file():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_others_may_read_is_refused(vault: Vault) -> None:
    vault.keyring.signing_seed()
    (vault.home / "keys" / "signing.pem").chmod(0o644)
    with pytest.raises(ReleaseError, match="Others may read"):
        vault.keyring.signing_seed()


def test_signatures_hold_for_these_bytes_only(vault: Vault) -> None:
    signature = vault.keyring.sign(b"heads")
    assert vault.keyring.verify(b"heads", signature)
    assert not vault.keyring.verify(b"Heads", signature)
    assert not vault.keyring.verify(b"heads", "nonsense")


def package(folder: Path, content: bytes = b"a,b\n") -> Path:
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "table.csv").write_bytes(content)
    (folder / "MANIFEST.json").write_bytes(b"{}")
    return folder


def test_packages_go_in_whole_and_are_measured(vault: Vault, tmp_path: Path) -> None:
    name = vault.packages.keep(package(tmp_path / "one"))
    assert vault.packages.keep(package(tmp_path / "again")) == name
    assert not (tmp_path / "again").exists()
    assert vault.packages.measured(name) == name
    (vault.packages.path(name) / "data" / "table.csv").write_bytes(b"a,c\n")
    assert vault.packages.measured(name) not in ("", name)
    vault.packages.drop(name)
    assert vault.packages.measured(name) == ""
    assert vault.packages.measured("") == ""


def test_a_package_with_a_link_is_refused(tmp_path: Path) -> None:
    folder = package(tmp_path / "one")
    (folder / "link").symlink_to("/etc/hostname")
    with pytest.raises(Tampered):
        tree_digest(folder)


def test_staged_files_appear_whole(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), staged(tmp_path / "f") as handle:
        handle.write(b"half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
    with staged(tmp_path / "f") as handle:
        handle.write(b"whole")
    assert (tmp_path / "f").read_bytes() == b"whole"


def test_scratch_is_swept(vault: Vault) -> None:
    with vault.scratch("job_1") as folder:
        (folder / "raw").write_bytes(CANARY)
    assert not folder.exists()
    (vault.home / "scratch" / "job_2.abcd").mkdir()
    assert vault.sweep("job_2") == 1 and vault.sweep("job_2") == 0


def test_passwords() -> None:
    stored = hash_password("correct horse")
    assert stored.startswith("$argon2id$")
    assert check_password("correct horse", stored)
    assert not check_password("wrong", stored)
    assert not check_password("a password that opens nothing", "")
