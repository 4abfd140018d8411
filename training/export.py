"""Writes a trained reader as a quantised `.fbw` file, and loads such a file again.

    python export.py runs/accurate/epoch-5.pt accurate.fbw
    python export.py runs/fast/epoch-7.pt fast.fbw
"""

import argparse

import numpy as np
import torch

import weights_file
from architecture import SHAPE_WIDTH, SLOPE, AccurateReader, FastReader
from batching import FastPreparation, Preparation
from fast_features import LONGEST, SHAPE_LENGTH, TRIGRAMS, WordFeatures
from wordpiece import MAXIMUM_CHARACTERS, MAXIMUM_PIECES, WordPiece

GROUP = 64
FOUR_BITS = ("encoder.word_embeddings", "vectors")
PLAIN = ("encoder.shape_embeddings", "word_shapes", "shapes")
EMBEDDINGS = ("word_embeddings", "position_embeddings", "shape_embeddings", "word_shapes")
TABLES = ("vectors", "learned", "parts", "shapes")
DIRECTIONS = {"forward": "", "backward": "_reverse"}
LSTM_LAYERS = 2


def kind_of(name, array):
    """How a tensor is stored."""
    if name in FOUR_BITS:
        return "i4rows"
    return "f32" if array.ndim < 2 or name in PLAIN else "i8rows"


def file_name(name):
    """The name in the file of an embedding of the accurate reader."""
    return name.removesuffix(".weight") if any(part in name for part in EMBEDDINGS) else name


def accurate_tensors(weights):
    """The mix normalised and multiplied by the gain, all else as it is."""
    weights = {file_name(name): value.float().numpy() for name, value in weights.items()}
    mix = np.exp(weights["encoder.mix"] - weights["encoder.mix"].max())
    weights["encoder.mix"] = mix / mix.sum() * weights.pop("encoder.gain")
    return weights


def fast_tensors(weights):
    """Tables under plain names, the LSTM by layer and direction with its two biases added."""
    weights = {name: value.float().numpy() for name, value in weights.items()}
    tensors = {name: weights[f"{name}.weight"] for name in TABLES}
    tensors["vectors"] = tensors["vectors"][:-1]
    for layer in range(LSTM_LAYERS):
        for direction, suffix in DIRECTIONS.items():
            name, end = f"lstm.{layer}.{direction}", f"l{layer}{suffix}"
            tensors[f"{name}.input.weight"] = weights[f"lstm.weight_ih_{end}"]
            tensors[f"{name}.recurrent.weight"] = weights[f"lstm.weight_hh_{end}"]
            bias = weights[f"lstm.bias_ih_{end}"] + weights[f"lstm.bias_hh_{end}"]
            tensors[f"{name}.bias"] = bias
    return tensors | {n: value for n, value in weights.items() if n.startswith("heads.")}


def export(checkpoint, path):
    """Writes the reader; returns the size in bytes."""
    writer = weights_file.Writer()
    if "pieces" in checkpoint:
        tensors, vocabulary = accurate_tensors(checkpoint["weights"]), checkpoint["pieces"]
        config = {"maximum_pieces": MAXIMUM_PIECES, "maximum_characters": MAXIMUM_CHARACTERS}
        config |= {"shape_width": SHAPE_WIDTH, "epsilon": 1e-12}
        header = {"model": "accurate", "vocabulary": {"kind": "wordpiece", "tensor": "vocabulary"}}
    else:
        tensors, vocabulary = fast_tensors(checkpoint["weights"]), checkpoint["words"]
        config = {"longest_word": LONGEST, "trigrams": TRIGRAMS, "shape_length": SHAPE_LENGTH}
        header = {"model": "fast", "vocabulary": {"kind": "words", "tensor": "vocabulary"}}
    header["config"] = checkpoint["sizes"] | config | {"slope": SLOPE}
    writer.add_bytes("vocabulary", "\n".join(vocabulary).encode("utf8"))
    for name, array in tensors.items():
        writer.add(name, array, kind_of(name, array), GROUP)
    return writer.write(path, header | checkpoint["tables"])


def _accurate(sizes, tensors):
    reader, state = AccurateReader(sizes), {}
    for name, value in reader.state_dict().items():
        if name not in ("encoder.mix", "encoder.gain"):
            state[name] = torch.tensor(tensors[file_name(name)]).reshape(value.shape)
    total = tensors["encoder.mix"].sum()
    state["encoder.gain"] = torch.tensor([total])
    state["encoder.mix"] = torch.log(torch.tensor(tensors["encoder.mix"] / total))
    reader.load_state_dict(state)
    return reader


def _fast(sizes, tensors):
    reader, state = FastReader(sizes, torch.tensor(tensors["vectors"])), {}
    for layer in range(LSTM_LAYERS):
        for direction, suffix in DIRECTIONS.items():
            name, end = f"lstm.{layer}.{direction}", f"l{layer}{suffix}"
            state[f"lstm.weight_ih_{end}"] = torch.tensor(tensors[f"{name}.input.weight"])
            state[f"lstm.weight_hh_{end}"] = torch.tensor(tensors[f"{name}.recurrent.weight"])
            state[f"lstm.bias_ih_{end}"] = torch.tensor(tensors[f"{name}.bias"])
            state[f"lstm.bias_hh_{end}"] = torch.zeros_like(state[f"lstm.bias_ih_{end}"])
    for name, value in reader.state_dict().items():
        if name == "vectors.weight":
            state[name] = value
        elif name not in state:
            plain = name.removesuffix(".weight") if name.split(".")[0] in TABLES else name
            state[name] = torch.tensor(tensors[plain]).reshape(value.shape)
    reader.load_state_dict(state)
    return reader


def load(path):
    """The reader of an exported file with the weights as the file gives them, its preparation
    and its header."""
    header, tensors = weights_file.read(path)
    tables = header["tags"], header["relations"], header["names"]
    vocabulary = tensors["vocabulary"].decode("utf8").split("\n")
    if header["model"] == "accurate":
        reader = _accurate(header["config"], tensors)
        preparation = Preparation(WordPiece(vocabulary), *tables)
    else:
        reader = _fast(header["config"], tensors)
        preparation = FastPreparation(WordFeatures(vocabulary), *tables)
    return reader.eval(), preparation, header


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint")
    parser.add_argument("weights")
    options = parser.parse_args()
    size = export(torch.load(options.checkpoint), options.weights)
    print(options.weights, f"{size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
