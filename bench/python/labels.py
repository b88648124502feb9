"""Confident learning with NumPy, by the same steps: labels.py LABELS.npy PROBABILITIES.npy [METHOD] prints seconds without
the start of Python, the peak of resident memory in MiB, the number of suspects and the estimated noise.
"""

import resource
import sys
import time

import numpy as np


def rounded(counts, size):
    """Counts scaled to a total in whole numbers, the largest remainders rounded up, the first (the diagonal) first."""
    scaled = counts * size / counts.sum()
    whole = np.floor(scaled + 1e-9).astype(np.int64)
    order = np.argsort(-(scaled - whole), kind="stable")
    whole[order[: size - whole.sum()]] += 1
    return whole


def find(given, p, method):
    n, classes = p.shape
    assert np.isfinite(p).all() and p.min() >= 0 and p.max() <= 1 + 1e-6
    assert np.abs(p.sum(axis=1, dtype=np.float64) - 1).max() < 0.02
    size = np.bincount(given, minlength=classes)
    rows = np.arange(n)
    own = p[rows, given].astype(np.float64)
    sums = np.bincount(given, weights=own, minlength=classes)
    thresholds = np.where(size > 0, np.maximum(sums / np.maximum(size, 1), 2e-6), 2)
    confident = np.where(p >= (thresholds - 1e-6).astype(np.float32), p, -1)
    guess = np.where(confident.max(axis=1) >= 0, confident.argmax(axis=1), -1)
    argmax = p.argmax(axis=1)
    sure = guess >= 0
    joint = np.bincount(given[sure] * classes + guess[sure], minlength=classes * classes).reshape(classes, classes)
    diagonal = np.arange(classes)
    joint[diagonal, diagonal] = np.maximum(joint[diagonal, diagonal], 1)
    share = joint / joint.sum(axis=1, keepdims=True) * size[:, None] / n
    noise = share.sum() - np.trace(share)
    by_class = np.zeros(n, bool)
    by_rate = np.zeros(n, bool)
    for a in range(classes):
        of_class = np.flatnonzero(given == a)
        if not len(of_class):
            continue
        order = np.concatenate(([a], np.delete(diagonal, a)))
        estimates = np.empty(classes, np.int64)
        estimates[order] = rounded(joint[a][order], size[a])
        mine = own[of_class]
        by_class[of_class[np.argsort(mine, kind="stable")[: size[a] - estimates[a]]]] = True
        for b in np.flatnonzero(estimates):
            if b != a:
                less = mine - p[of_class, b]
                by_rate[of_class[np.argsort(less, kind="stable")[: estimates[b]]]] = True
    differs = argmax != given
    picked = {
        "pbnr": by_rate & differs,
        "pbc": by_class & differs,
        "both": by_class & by_rate & differs,
        "joint": sure & (guess != given),
        "argmax": differs,
    }[method]
    suspects = np.flatnonzero(picked)
    others = p[suspects].astype(np.float64)
    others[np.arange(len(suspects)), given[suspects]] = -1
    margin = own[suspects] - others.max(axis=1)
    return suspects[np.argsort(margin, kind="stable")], noise


if __name__ == "__main__":
    start = time.perf_counter()
    labels = np.load(sys.argv[1]).astype(np.int64)
    probabilities = np.load(sys.argv[2])
    if probabilities.dtype == np.float16:
        probabilities = probabilities.astype(np.float32)
    suspects, noise = find(labels, probabilities, sys.argv[3] if len(sys.argv) > 3 else "pbnr")
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seconds:.2f} {peak:.0f} {len(suspects)} {noise:.4f}")
