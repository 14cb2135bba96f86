"""Screenshots as PNG with a palette of 256 colours, a third of the size; standard library and numpy only."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np

SIGN = b"\x89PNG\r\n\x1a\n"
SHADES = 256


def shrink(path: Path) -> None:
    """Rewrites an 8-bit RGB or RGBA screenshot in place; colours beyond the most frequent go to the nearest."""
    pixels = read(path.read_bytes())
    height, width, _ = pixels.shape
    packed = (pixels[..., 0].astype(np.uint32) << 16) | (pixels[..., 1].astype(np.uint32) << 8) | pixels[..., 2]
    colours, place, counts = np.unique(packed.ravel(), return_inverse=True, return_counts=True)
    kept = np.argsort(-counts)[:SHADES]
    rgb = np.stack([(colours >> shift) & 255 for shift in (16, 8, 0)], axis=1).astype(np.int32)
    nearest = np.empty(len(colours), np.uint8)
    for start in range(0, len(colours), 4096):
        part = rgb[start : start + 4096]
        nearest[start : start + 4096] = ((part[:, None] - rgb[kept][None]) ** 2).sum(axis=2).argmin(axis=1)
    rows = np.zeros((height, width + 1), np.uint8)
    rows[:, 1:] = nearest[place].reshape(height, width)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    palette = rgb[kept].astype(np.uint8).tobytes()
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b""))
    path.write_bytes(SIGN + b"".join(_chunk(name, data) for name, data in chunks))


def read(content: bytes) -> np.ndarray:
    """The (height, width, 3) pixels of an 8-bit RGB or RGBA image that is not interlaced."""
    place, found = len(SIGN), bytearray()
    width = height = depth = 0
    while place < len(content):
        (size,) = struct.unpack(">I", content[place : place + 4])
        name, data = content[place + 4 : place + 8], content[place + 8 : place + 8 + size]
        if name == b"IHDR":
            width, height, bits, kind, *_, laced = struct.unpack(">IIBBBBB", data)
            assert bits == 8 and kind in (2, 6) and laced == 0
            depth = 3 if kind == 2 else 4
        elif name == b"IDAT":
            found += data
        place += size + 12
    raw = np.frombuffer(zlib.decompress(bytes(found)), np.uint8).reshape(height, width * depth + 1)
    lines = np.zeros((height + 1, width + 1, depth), np.int32)
    for number, line in enumerate(raw, 1):
        coded = line[1:].reshape(width, depth).astype(np.int32)
        lines[number, 1:] = _unfiltered(int(line[0]), coded, lines[number - 1], width)
    return lines[1:, 1:, :3].astype(np.uint8)


def _unfiltered(kind: int, coded: np.ndarray, above: np.ndarray, width: int) -> np.ndarray:
    """One line without its PNG filter (0 none, 1 sub, 2 up, 3 average, 4 Paeth)."""
    if kind == 0:
        return coded
    if kind == 1:
        return np.cumsum(coded, axis=0) % 256
    if kind == 2:
        return (coded + above[1:]) % 256
    line = [[0] * coded.shape[1]]
    over = above.tolist()
    for x, pixel in enumerate(coded.tolist(), 1):
        line.append([
            (value + _guess(kind, line[x - 1][channel], over[x][channel], over[x - 1][channel])) % 256
            for channel, value in enumerate(pixel)
        ])  # fmt: skip
    return np.array(line[1:])


def _guess(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 3:
        return (left + up) // 2
    near = left + up - corner
    return min((abs(near - left), 0, left), (abs(near - up), 1, up), (abs(near - corner), 2, corner))[2]


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
