"""Signatures fit one message and one key; keyed digests say nothing to whoever lacks the key."""

import pytest

from release.nouns.errors import BadInput, Tampered
from release.publish.signature import Signature, SigningKey, holds, key_id, keyed_digest, read_signature, sign

KEY, OTHER = SigningKey(bytes(range(32))), SigningKey(bytes(range(1, 33)))


def test_rfc_8032_first_vector() -> None:
    key = SigningKey(bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
    assert key.public().hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert sign(b"", key).value.hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )


def test_it_holds_for_its_own_message_and_key_only() -> None:
    signature = sign(b"message", KEY)
    assert holds(b"message", signature)
    assert not holds(b"messagf", signature)
    assert not holds(b"message", Signature(OTHER.public(), signature.value))
    assert not holds(b"message", Signature(KEY.public(), b"short"))


def test_the_file_reads_back() -> None:
    signature = sign(b"message", KEY)
    assert read_signature(signature.to_bytes()) == signature


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff\xfe",
        b'{"public_key":1,"signature":2}',
        b'{"public_key":"AA==","signature":"AA=="}',
        b"[" * 3000,
        b"x" * 5000,
    ],
)
def test_what_is_no_signature_is_refused(content: bytes) -> None:
    with pytest.raises(Tampered):
        read_signature(content)


def test_every_flipped_byte_is_noticed() -> None:
    content = sign(b"message", KEY).to_bytes()
    for place in range(len(content)):
        changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        try:
            assert not holds(b"message", read_signature(changed))
        except Tampered:
            continue


def test_the_key_stays_out_of_its_repr() -> None:
    assert KEY.seed.hex() not in repr(KEY) and repr(KEY.seed) not in repr(KEY)
    with pytest.raises(BadInput):
        SigningKey(b"short")


def test_keyed_digests_are_separated_by_key_and_purpose() -> None:
    digests = {
        keyed_digest(key, purpose, content) for key in (KEY, OTHER) for purpose in "ab" for content in (b"x", b"y")
    }
    assert len(digests) == 8
    assert keyed_digest(KEY, "a", b"x") in digests
    assert key_id(KEY.public()) != key_id(OTHER.public())
