"""The networks of examples/specs in plain PyTorch: same layers, settings, sizes of splits, five seeds.

Weights start as PyTorch's own layers do. What is printed is measured on the held-out fifth, at the epoch of the least
held-out loss, as `auscult train` prints its best.

    python bench/python/examples.py [--data ../shared/datasets] [--seeds 5] [NAME...]
"""

import argparse
import csv
import gzip
import math
import re
import statistics
import struct
import time
import wave
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from sklearn.model_selection import train_test_split
from torch import nn


def table(path, header=True):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    return (rows[0], rows[1:]) if header else ([], rows)


def idx(path):
    with gzip.open(path, "rb") as file:
        data = file.read()
    rank = data[3]
    shape = struct.unpack(f">{rank}I", data[4 : 4 + 4 * rank])
    return np.frombuffer(data, np.uint8, offset=4 + 4 * rank).reshape(shape)


def labels(column):
    names = sorted(set(column))
    return np.array([names.index(v) for v in column])


def split(count, y, seed, classes):
    return train_test_split(np.arange(count), test_size=0.2, random_state=seed, stratify=y if classes else None)


def standardised(x, train):
    mean, deviation = x[train].mean(0), x[train].std(0)
    return (x - mean) / np.where(deviation == 0, 1, deviation)


def columns(header, rows, train, numeric, categorical):
    """Numbers with the median for what is missing, standardised; categories one-hot, a missing one a category of its own."""
    parts = []
    for name in numeric:
        i = header.index(name)
        x = np.array([float(r[i]) if r[i] else math.nan for r in rows])
        missing = np.isnan(x)
        x[missing] = np.nanmedian(x[train])
        parts.append(standardised(x[:, None], train))
        if missing[train].any():
            parts.append(standardised(missing[:, None].astype(float), train))
    for name in categorical:
        i = header.index(name)
        values = sorted({rows[j][i] for j in train})
        parts.append(np.array([[float(r[i] == v) for v in values] for r in rows]))
    return np.hstack(parts)


# Data: each gives inputs, targets, and the rows of training and validation.


def digits(root, seed, shape=(64,)):
    with gzip.open(root / "tabular/digits.csv.gz", "rt") as file:
        data = np.loadtxt(file, delimiter=",")
    x, y = data[:, :64].reshape(-1, *shape) / 16, data[:, 64].astype(int)
    return (x, y, *split(len(y), y, seed, True))


def sklearn_table(name):
    def read(root, seed):
        _, rows = table(root / f"tabular/{name}.csv")
        data = np.array(rows, float)
        y = data[:, -1].astype(int)
        train, valid = split(len(y), y, seed, True)
        return standardised(data[:, :-1], train), y, train, valid

    return read


def mixed(name, target, numeric, categorical, classes):
    def read(root, seed):
        header, rows = table(root / f"tabular/{name}.csv")
        column = [r[header.index(target)] for r in rows]
        y = labels(column) if classes else np.array(column, float)
        train, valid = split(len(y), y, seed, classes)
        return columns(header, rows, train, numeric, categorical), y, train, valid

    return read


def diabetes(root, seed):
    with gzip.open(root / "tabular/diabetes_data_raw.csv.gz", "rt") as file:
        x = np.loadtxt(file)
    with gzip.open(root / "tabular/diabetes_target.csv.gz", "rt") as file:
        y = np.loadtxt(file)
    train, valid = split(len(y), y, seed, False)
    return standardised(x, train), y, train, valid


def mnist(root, seed):
    x = idx(root / "mnist-10k/images-idx3-ubyte.gz")[:, None] / 255
    y = idx(root / "mnist-10k/labels-idx1-ubyte.gz").astype(int)
    return (x, y, *split(len(y), y, seed, True))


def flat_mnist(root, seed):
    x, y, train, valid = mnist(root, seed)
    return x.reshape(len(x), -1), y, train, valid


def news(length):
    def read(root, seed):
        _, rows = table(root / "ag-news/test.csv", header=False)
        y = labels([r[0] for r in rows])
        train, valid = split(len(y), y, seed, True)
        words = [re.findall(r"\w+(?:'[a-z]+)*", f"{r[1]} {r[2]}".lower()) for r in rows]
        common = Counter(w for i in train for w in words[i]).most_common(8000)
        number = {w: i + 2 for i, (w, _) in enumerate(common)}
        x = np.zeros((len(rows), length), np.int64)
        for i, text in enumerate(words):
            ids = [number.get(w, 1) for w in text[:length]]
            x[i, : len(ids)] = ids
        return x, y, train, valid

    return read


def spoken(root, seed):
    rate, bands, window, hop, size = 8000, 32, 200, 80, 256
    mel = np.linspace(0, 2595 * math.log10(1 + rate / 2 / 700), bands + 2)
    edges = 700 * (10 ** (mel / 2595) - 1)
    frequency = np.arange(size // 2 + 1) * rate / size
    weights = np.array(
        [
            np.maximum(0, np.minimum((frequency - a) / (b - a), (c - frequency) / (c - b)))
            for a, b, c in zip(edges, edges[1:], edges[2:])
        ]
    )
    x, y = [], []
    for path in sorted((root / "spoken-digits").glob("*.wav")):
        with wave.open(str(path)) as file:
            sound = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
        sound = np.pad(sound[: int(0.6 * rate)], (0, max(0, int(0.6 * rate) - len(sound))))
        frames = np.lib.stride_tricks.sliding_window_view(sound, window)[::hop] * np.hanning(window + 1)[:-1]
        x.append(np.log(np.maximum(weights @ (np.abs(np.fft.rfft(frames, size)) ** 2).T, 1e-10))[None])
        y.append(int(path.name[0]))
    x, y = np.array(x), np.array(y)
    train, valid = split(len(y), y, seed, True)
    mean, deviation = x[train].mean(), x[train].std()
    return (x - mean) / deviation, y, train, valid


# Networks.


class Residual(nn.Module):
    def __init__(self, inside, shortcut=None):
        super().__init__()
        self.inside, self.shortcut = inside, shortcut or nn.Identity()

    def forward(self, x):
        return self.inside(x) + self.shortcut(x)


class Positional(nn.Module):
    def __init__(self, length, width):
        super().__init__()
        self.table = nn.Parameter(torch.randn(length, width) * 0.02)

    def forward(self, x):
        return x + self.table


def dense(*widths, dropout=0.0):
    """Dense layers with ReLUs between them, and dropout behind each ReLU."""
    layers = [nn.Linear(widths[0], widths[1])]
    for a, b in zip(widths[1:], widths[2:]):
        layers += [nn.ReLU(), nn.Dropout(dropout), nn.Linear(a, b)]
    return nn.Sequential(*layers)


def normed(a, b, stride=1):
    return [nn.Conv2d(a, b, 3, stride, 1, bias=False), nn.BatchNorm2d(b)]


def resnet(stride):
    return nn.Sequential(
        *normed(1, 16, stride),
        nn.ReLU(),
        Residual(nn.Sequential(*normed(16, 16), nn.ReLU(), *normed(16, 16))),
        nn.ReLU(),
        Residual(
            nn.Sequential(*normed(16, 32, 2), nn.ReLU(), *normed(32, 32)), nn.Conv2d(16, 32, 1, 2, bias=False)
        ),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(32, 10),
    )


def cnn(side, hidden):
    head = [nn.Linear(32 * (side // 4) ** 2, hidden or 10)]
    if hidden:
        head += [nn.ReLU(), nn.Dropout(0.25), nn.Linear(hidden, 10)]
    conv = lambda a, b: [nn.Conv2d(a, b, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*conv(1, 16), *conv(16, 32), nn.Flatten(), *head)


def spoken_cnn():
    return nn.Sequential(
        *normed(1, 16),
        nn.ReLU(),
        nn.MaxPool2d(2),
        *normed(16, 32),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Dropout(0.2),
        nn.Linear(32 * 8 * 14, 10),
    )


class Text(nn.Module):
    """Vectors of words, with or without a transformer block, and their mean over the places that hold a word."""

    def __init__(self, dropout, length=0):
        super().__init__()
        self.embedding, self.dropout, self.head = nn.Embedding(8002, 32), nn.Dropout(dropout), nn.Linear(32, 4)
        self.block = None
        if length:
            self.position = Positional(length, 32)
            self.block = nn.TransformerEncoderLayer(32, 4, 64, dropout, "gelu", batch_first=True, norm_first=True)
            self.norm = nn.LayerNorm(32)

    def forward(self, tokens):
        present = tokens != 0
        x = self.embedding(tokens)
        if self.block is None:
            x = self.dropout(x)
        else:
            x = self.dropout(self.position(x))
            x = self.norm(self.block(x, src_key_padding_mask=~present))
        weights = present.float().unsqueeze(2)
        return self.head((x * weights).sum(1) / weights.sum(1).clamp(min=1))


def adam(rate, decay=0.0):
    return lambda groups: torch.optim.Adam(groups(decay), rate)


def adamw(rate, decay):
    return lambda groups: torch.optim.AdamW(groups(decay), rate)


def sgd(rate, decay):
    return lambda groups: torch.optim.SGD(groups(decay), rate, momentum=0.9)


# name: data, network from the number of inputs, optimizer, epochs, batch, and what else is not usual
EXAMPLES = {
    "digits-mlp": (digits, lambda n: dense(n, 64, 10), adam(0.002), 30, 64, {}),
    "digits-cnn": (lambda r, s: digits(r, s, (1, 8, 8)), lambda n: cnn(8, 0), adam(0.003), 15, 64, {}),
    "digits-resnet": (
        lambda r, s: digits(r, s, (1, 8, 8)),
        lambda n: resnet(1),
        sgd(0.05, 0.0005),
        12,
        64,
        {"cosine": True, "warm_up": 50},
    ),
    "mnist-mlp": (flat_mnist, lambda n: dense(n, 128, 10, dropout=0.2), adam(0.001), 10, 64, {}),
    "mnist-cnn": (mnist, lambda n: cnn(28, 64), adam(0.001), 6, 64, {}),
    "mnist-resnet": (mnist, lambda n: resnet(2), sgd(0.05, 0.0005), 6, 64, {"cosine": True, "warm_up": 100}),
    "breast-cancer": (sklearn_table("breast_cancer"), lambda n: dense(n, 16, 2), adam(0.005, 0.001), 30, 32, {}),
    "wine": (sklearn_table("wine_data"), lambda n: dense(n, 16, 3), adam(0.005, 0.001), 40, 32, {}),
    "penguins": (
        mixed(
            "penguins",
            "species",
            ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"],
            ["island", "sex"],
            True,
        ),
        lambda n: dense(n, 16, 3),
        adam(0.005),
        30,
        32,
        {},
    ),
    "titanic": (
        mixed("titanic", "survived", ["age", "sibsp", "parch", "fare"], ["pclass", "sex", "embarked"], True),
        lambda n: dense(n, 16, 2, dropout=0.2),
        adam(0.003, 0.001),
        40,
        64,
        {"patience": 10},
    ),
    "diabetes": (diabetes, lambda n: dense(n, 16, 1), adam(0.003, 0.01), 60, 32, {"loss": "mse", "patience": 10}),
    "mpg": (
        mixed(
            "mpg",
            "mpg",
            ["cylinders", "displacement", "horsepower", "weight", "acceleration", "model_year"],
            ["origin"],
            False,
        ),
        lambda n: dense(n, 32, 1),
        adam(0.005, 0.001),
        60,
        32,
        {"loss": "mse", "patience": 10},
    ),
    "diamonds": (
        mixed("diamonds", "price", ["carat", "depth", "table", "x", "y", "z"], ["cut", "color", "clarity"], False),
        lambda n: dense(n, 64, 64, 1),
        adam(0.002),
        15,
        256,
        {"loss": "huber", "cosine": True, "clip": 5},
    ),
    "ag-news-words": (news(64), lambda n: Text(0.5), adam(0.003, 0.0001), 15, 64, {"patience": 3}),
    "ag-news-transformer": (
        news(48),
        lambda n: Text(0.2, 48),
        adamw(0.001, 0.05),
        8,
        64,
        {"cosine": True, "warm_up": 100, "clip": 1, "patience": 3},
    ),
    "spoken-digits": (spoken, lambda n: spoken_cnn(), adam(0.003), 20, 32, {"cosine": True}),
}


def run(name, root, seed):
    read, network, optimizer, epochs, batch, extra = EXAMPLES[name]
    x, y, train, valid = read(root, seed)
    torch.manual_seed(seed)
    classes = "loss" not in extra
    scale = 1.0 if classes else y[train].std()
    if not classes:
        y = (y - y[train].mean()) / scale
    model = network(x.shape[1])
    kind = torch.float32 if x.dtype != np.int64 else torch.int64
    x, y = torch.tensor(x, dtype=kind), torch.tensor(y, dtype=torch.int64 if classes else torch.float32)
    xv, yv = x[valid], y[valid]
    loss_of = {"mse": nn.MSELoss(), "huber": nn.HuberLoss()}.get(extra.get("loss"), nn.CrossEntropyLoss())

    def groups(decay):
        weights = [p for p in model.parameters() if p.dim() > 1]
        others = [p for p in model.parameters() if p.dim() <= 1]
        return [{"params": weights, "weight_decay": decay}, {"params": others, "weight_decay": 0.0}]

    steps = optimizer(groups)
    per_epoch = math.ceil(len(train) / batch)
    warm = extra.get("warm_up", 0)

    def rate(t):
        if t < warm:
            return 0.01 + 0.99 * t / warm
        if extra.get("cosine"):
            return 0.5 * (1 + math.cos(math.pi * (t - warm) / (epochs * per_epoch - warm)))
        return 1.0

    schedule = torch.optim.lr_scheduler.LambdaLR(steps, rate)
    best, since = (math.inf, {}), 0
    start = time.perf_counter()
    for epoch in range(epochs):
        model.train()
        order = torch.tensor(train)[torch.randperm(len(train))]
        total = 0.0
        for part in order.split(batch):
            out = model(x[part])
            loss = loss_of(out if classes else out[:, 0], y[part])
            steps.zero_grad()
            loss.backward()
            if "clip" in extra:
                nn.utils.clip_grad_norm_(model.parameters(), extra["clip"])
            steps.step()
            schedule.step()
            total += loss.item() * len(part)
        model.eval()
        with torch.no_grad():
            out = torch.cat([model(part) for part in xv.split(256)])
            held = loss_of(out if classes else out[:, 0], yv).item()
        if held < best[0]:
            figures = {"train_loss": total / len(train), "loss": held}
            if classes:
                figures["accuracy"] = (out.argmax(1) == yv).float().mean().item()
            else:
                error = ((out[:, 0] - yv) ** 2).mean().item()
                figures["rmse"] = math.sqrt(error) * scale
                figures["rmse_scaled"] = math.sqrt(error)
                figures["r2"] = 1 - error / yv.var(unbiased=False).item()
            best, since = (held, figures), 0
        else:
            since += 1
            if since >= extra.get("patience", epochs):
                break
    return {**best[1], "seconds": time.perf_counter() - start, "epochs": epoch + 1}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("../shared/datasets"))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    torch.set_num_threads(1)
    for name in options.names or EXAMPLES:
        results = [run(name, options.data, seed) for seed in range(1, options.seeds + 1)]
        cells = []
        for key in results[0]:
            values = [r[key] for r in results]
            deviation = statistics.stdev(values) if len(values) > 1 else 0.0
            cells.append(f"{key} {statistics.mean(values):.4f} ± {deviation:.4f}")
        print(f"{name}: " + ", ".join(cells), flush=True)


if __name__ == "__main__":
    main()
