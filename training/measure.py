"""Measures an exported reader on the development sets.

    python measure.py accurate.fbw --data DATA --activations

With `--activations` the inputs of every linear layer are rounded to 8 bits a row, between the
least and the greatest value (zero included), as the inference in Rust does.
"""

import argparse
import json
import os

import torch

from data import data_folder, load_development
from evaluate import evaluate
from export import load


def round_inputs(module, inputs):
    """Rounds a layer's input to 256 levels for each row."""
    (x,) = inputs
    low = x.amin(-1, keepdim=True).clamp(max=0)
    high = x.amax(-1, keepdim=True).clamp(min=0)
    step = ((high - low) / 255).clamp(min=1e-12)
    zero = torch.round(-low / step)
    return ((torch.round(x / step + zero).clamp(0, 255) - zero) * step,)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights")
    parser.add_argument("--data")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--activations", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    reader, preparation, header = load(options.weights)
    if options.activations:
        for module in reader.modules():
            if isinstance(module, torch.nn.Linear):
                module.register_forward_pre_hook(round_inputs)
    print(f"{os.path.getsize(options.weights) / 1e6:.2f} MB")
    for name, sentences in load_development(data_folder(options.data)).items():
        print(name, json.dumps(evaluate(reader, preparation, sentences, header, True)))


if __name__ == "__main__":
    main()
