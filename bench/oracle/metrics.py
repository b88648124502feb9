#!/usr/bin/env python3
"""Metrics by scikit-learn, for the tests of dev.auscult.train.metric.

    python bench/oracle/metrics.py > train/src/test/resources/oracle/metrics.tsv

Each line: task, columns, outputs, targets, name=value pairs. Outputs are logits with ties. What scikit-learn does not
have (calibration error, perplexity) is evaluated here. Needs scikit-learn 1.x and numpy.
"""
import warnings

import numpy as np
from sklearn import metrics as M

warnings.simplefilter("ignore")


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def calibration_error(p, y, bins=15):
    sure, right = p.max(axis=1), p.argmax(axis=1) == y
    total = 0.0
    for b in range(bins):
        inside = (sure > b / bins) & (sure <= (b + 1) / bins)
        if inside.any():
            total += inside.mean() * abs(right[inside].mean() - sure[inside].mean())
    return total


def retrieval(y, p, plain):
    out = {}
    for name, f in (("precision", M.precision_score), ("recall", M.recall_score), ("f1", M.f1_score)):
        out[name] = f(y, p, average=plain, zero_division=0)
        for average in ("macro", "micro", "weighted"):
            out[f"{name}_{average}"] = f(y, p, average=average, zero_division=0)
    return out


def classes(z, y):
    k = z.shape[1]
    z64 = z.astype(np.float64)
    p = softmax(z64)
    guess = z.argmax(axis=1)
    out = {"accuracy": M.accuracy_score(y, guess), **retrieval(y, guess, "binary" if k == 2 else "macro")}
    out["perplexity"] = float(np.exp(M.log_loss(y, p, labels=range(k))))
    out["ece"] = calibration_error(p, y)
    if k == 2:
        out["roc_auc"] = M.roc_auc_score(y, z64[:, 1] - z64[:, 0])
        out["pr_auc"] = M.average_precision_score(y, z64[:, 1] - z64[:, 0])
    else:
        seen = [c for c in range(k) if 0 < (y == c).sum() < len(y)]
        out["roc_auc"] = np.mean([M.roc_auc_score(y == c, p[:, c]) for c in seen])
        out["pr_auc"] = np.mean([M.average_precision_score(y == c, p[:, c]) for c in seen])
        out["top2_accuracy"] = M.top_k_accuracy_score(y, z, k=2, labels=range(k))
        out["top3_accuracy"] = M.top_k_accuracy_score(y, z, k=3, labels=range(k))
    return out


def labels(z, y):
    guess = (z > 0).astype(int)
    out = {"accuracy": 1 - M.hamming_loss(y, guess), "exact_match": M.accuracy_score(y, guess)}
    out.update(retrieval(y, guess, "macro"))
    out["roc_auc"] = M.roc_auc_score(y, z, average="macro")
    out["pr_auc"] = M.average_precision_score(y, z, average="macro")
    return out


def numbers(z, y):
    z, y = z.astype(np.float64), y.astype(np.float64)
    return {
        "mae": M.mean_absolute_error(y, z),
        "mse": M.mean_squared_error(y, z),
        "rmse": np.sqrt(M.mean_squared_error(y, z, multioutput="raw_values")).mean(),
        "r2": M.r2_score(y, z),
    }


def line(task, z, y, results):
    values = " ".join(f"{k}={float(v)!r}" for k, v in results.items())
    flat = lambda a: " ".join(format(float(v), ".9g") for v in a.ravel())
    print(task, z.shape[1], flat(z), flat(y), values, sep="\t")


if __name__ == "__main__":
    rng = np.random.default_rng(7)
    for n, k, places in ((40, 2, 1), (60, 3, 4), (80, 5, 4), (30, 6, 4)):
        y = rng.integers(0, k if n > 30 else k - 2, n)
        z = np.round(rng.normal(size=(n, k)) + 1.5 * np.eye(k)[y], places).astype(np.float32)
        if k == 2:
            z[:, 0] = 0.25
        line("classification", z, y, classes(z, y))
    for n, k in ((50, 3), (40, 1)):
        y = rng.integers(0, 2, (n, k))
        z = np.round(rng.normal(size=(n, k)) + y - 0.3, 1).astype(np.float32)
        if k > 1:
            line("multi-label", z, y, labels(z, y))
    for n, k in ((40, 1), (25, 3)):
        y = (rng.normal(size=(n, k)) * 3 + 1000).astype(np.float32)
        z = (y + rng.normal(size=(n, k))).astype(np.float32)
        line("regression", z, y, numbers(z, y))
