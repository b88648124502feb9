"""Writes made-up labels and probabilities: labels_data.py FOLDER EXAMPLES CLASSES TYPE makes FOLDER/labels.npy and
FOLDER/p.npy, with 20 % of the labels changed and a model that is mostly right."""

import sys

import numpy as np

folder, examples, classes, kind = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
random = np.random.default_rng(7)
truth = random.integers(0, classes, examples)
given = np.where(random.random(examples) < 0.2, random.integers(0, classes, examples), truth)
np.save(f"{folder}/labels.npy", given.astype(np.int32))
p = np.lib.format.open_memmap(f"{folder}/p.npy", mode="w+", dtype=kind, shape=(examples, classes))
for start in range(0, examples, 4096):
    end = min(examples, start + 4096)
    scores = random.standard_normal((end - start, classes), dtype=np.float32)
    scores[np.arange(end - start), truth[start:end]] += 3 + np.log(classes, dtype=np.float32) / 2
    scores = np.exp(scores)
    p[start:end] = scores / scores.sum(axis=1, keepdims=True)
