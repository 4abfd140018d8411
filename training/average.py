"""Averages the weights of checkpoints of one training.

    python average.py runs/accurate/epoch-5.pt runs/accurate/epoch-6.pt --out runs/accurate/mean.pt
"""

import argparse

import torch


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", nargs="+")
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    stored = [torch.load(path) for path in options.checkpoints]
    mean = {
        name: sum(entry["weights"][name].double() for entry in stored).div(len(stored)).float()
        for name in stored[0]["weights"]
    }
    torch.save(stored[0] | {"weights": mean}, options.out)


if __name__ == "__main__":
    main()
