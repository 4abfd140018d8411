"""The `.fbw` weights file: writing, reading, and the quantised kinds of tensor.

Layout, little endian: magic `FBWEIGHT`, u32 version, u32 length of the header, the header (JSON),
zeros up to a multiple of 64, the tensors (each at a multiple of 64 from the start of this data
section), and the SHA-256 of everything before it.

Kinds of tensor: `f32`; `i8rows`, int8 with one f32 scale a row; `i4rows`, two signed four-bit
values a byte (the low half first, value = half - 8) with one f32 scale for each row and group of
`group` columns; `bytes`, UTF-8 text.
"""

import hashlib
import json
import struct

import numpy as np

MAGIC = b"FBWEIGHT"
VERSION = 1
ALIGNMENT = 64


def quantise_rows(matrix, levels=127):
    """int8 values and the f32 scale of each row."""
    scales = np.maximum(np.abs(matrix).max(1) / levels, 1e-12).astype("<f4")
    values = np.clip(np.rint(matrix / scales[:, None]), -levels, levels).astype(np.int8)
    return values, scales


def quantise_groups(matrix, group):
    """Four-bit values -7..7 and f32 scales [row, group], with the clipping of least error."""
    rows, columns = matrix.shape
    parts = matrix.reshape(rows, columns // group, group)
    largest = np.maximum(np.abs(parts).max(2), 1e-12)
    best, best_error = None, None
    for clip in np.linspace(0.6, 1.0, 17):
        scales = (largest * clip / 7).astype("<f4")
        values = np.clip(np.rint(parts / scales[..., None]), -7, 7)
        error = ((values * scales[..., None] - parts) ** 2).sum(2)
        if best is None:
            best, best_error = (values, scales), error
        else:
            better = error < best_error
            best[0][better], best[1][better] = values[better], scales[better]
            best_error = np.minimum(error, best_error)
    return best[0].reshape(rows, columns).astype(np.int8), best[1]


def restore(values, scales):
    """f32 matrix of quantised values with scales by row or by row and group."""
    if scales.ndim == 1:
        return values.astype(np.float32) * scales[:, None]
    rows, columns = values.shape
    parts = values.reshape(rows, scales.shape[1], -1).astype(np.float32)
    return (parts * scales[..., None]).reshape(rows, columns)


class Writer:
    """Collects tensors and writes the file."""

    def __init__(self):
        self.data = bytearray()
        self.entries = []

    def _append(self, raw):
        self.data += b"\0" * (-len(self.data) % ALIGNMENT)
        offset = len(self.data)
        self.data += raw
        return {"offset": offset, "length": len(raw)}

    def add(self, name, array, kind="f32", group=None):
        """Adds a tensor, quantised as its kind says; higher shapes are flattened to rows."""
        array = np.ascontiguousarray(array, dtype=np.float32)
        entry = {"name": name, "kind": kind}
        if kind == "f32":
            entry |= {"shape": list(array.shape)} | self._append(array.astype("<f4").tobytes())
        else:
            matrix = array.reshape(-1, array.shape[-1])
            if kind == "i8rows":
                values, scales = quantise_rows(matrix)
                raw = values.tobytes()
            else:
                values, scales = quantise_groups(matrix, group)
                halves = (values + 8).astype(np.uint8)
                raw = (halves[:, 0::2] | (halves[:, 1::2] << 4)).tobytes()
                entry["group"] = group
            entry |= {"shape": list(matrix.shape)} | self._append(raw)
            entry["scales"] = self._append(scales.astype("<f4").tobytes())
        self.entries.append(entry)

    def add_bytes(self, name, raw):
        entry = {"name": name, "kind": "bytes", "shape": [len(raw)]}
        self.entries.append(entry | self._append(raw))

    def write(self, path, header):
        """Writes the file; `header` gets the list of tensors."""
        text = json.dumps(header | {"tensors": self.entries}, ensure_ascii=False)
        raw = text.encode("utf8")
        body = MAGIC + struct.pack("<II", VERSION, len(raw)) + raw
        body += b"\0" * (-len(body) % ALIGNMENT) + bytes(self.data)
        with open(path, "wb") as file:
            file.write(body + hashlib.sha256(body).digest())
        return len(body) + 32


def read(path):
    """The header, and every tensor as f32 (or bytes) by name."""
    raw = open(path, "rb").read()
    if raw[:8] != MAGIC or hashlib.sha256(raw[:-32]).digest() != raw[-32:]:
        raise ValueError(f"{path} is no weights file or is damaged")
    version, length = struct.unpack("<II", raw[8:16])
    if version != VERSION:
        raise ValueError(f"{path} has version {version}, not {VERSION}")
    header = json.loads(raw[16 : 16 + length])
    start = -(-(16 + length) // ALIGNMENT) * ALIGNMENT
    part = lambda where: raw[start + where["offset"] : start + where["offset"] + where["length"]]
    tensors = {}
    for entry in header["tensors"]:
        kind, shape = entry["kind"], entry["shape"]
        if kind == "bytes":
            tensors[entry["name"]] = part(entry)
        elif kind == "f32":
            tensors[entry["name"]] = np.frombuffer(part(entry), "<f4").reshape(shape)
        else:
            scales = np.frombuffer(part(entry["scales"]), "<f4")
            if kind == "i8rows":
                values = np.frombuffer(part(entry), np.int8).reshape(shape)
            else:
                halves = np.frombuffer(part(entry), np.uint8).reshape(shape[0], -1)
                values = np.empty(shape, np.int8)
                values[:, 0::2] = (halves & 15).astype(np.int8) - 8
                values[:, 1::2] = (halves >> 4).astype(np.int8) - 8
                scales = scales.reshape(shape[0], -1)
            tensors[entry["name"]] = restore(values, scales)
    return header, tensors
