"""Writes what scikit-learn makes of a small table, for PreparedOracleTest.

    python bench/oracle/tables.py data/src/test/resources/dev/auscult/data/tables

The table has numbers with gaps, a constant column, categories with gaps and, in the test file, categories and gaps
that the training file lacks. Needs numpy and scikit-learn.
"""

import sys
from pathlib import Path

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler
from sklearn.utils.class_weight import compute_class_weight

out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(20260101)


def rows(count, colours):
    a = np.round(random.normal(50, 12, count), 3)
    b = np.round(random.lognormal(3, 1.5, count), 4)
    b[random.random(count) < 0.2] = np.nan
    c = np.full(count, 0.1)
    d = random.choice(colours, count).astype(object)
    y = random.choice(["no", "perhaps", "sure"], count, p=[0.6, 0.3, 0.1])
    return a, b, c, d, y


def write(name, a, b, c, d, y):
    with open(out / name, "w", encoding="utf-8", newline="\n") as f:
        f.write("a,b,c,d,y\n")
        for i in range(len(a)):
            f.write(f"{a[i]},{'' if np.isnan(b[i]) else b[i]},{c[i]},{d[i] or ''},{y[i]}\n")


train = rows(60, ["red", "green", "blue", None])
test = rows(20, ["red", "green", "violet"])
test[0][3] = np.nan
write("train.csv", *train)
with open(out / "test.csv", "w", encoding="utf-8", newline="\n") as f:
    a, b, c, d, y = test
    f.write("y,b,a,d,c\n")  # another order: columns are found by name
    for i in range(len(a)):
        f.write(f"{y[i]},{'' if np.isnan(b[i]) else b[i]},{'' if np.isnan(a[i]) else a[i]},{d[i]},{c[i]}\n")


def prepared(scaler):
    parts_train, parts_test = [], []
    for k in range(3):
        column, other = train[k].reshape(-1, 1), test[k].reshape(-1, 1)
        gaps, other_gaps = np.isnan(column), np.isnan(other)
        imputer = SimpleImputer(strategy="median").fit(column)
        s = scaler().fit(imputer.transform(column))
        parts_train.append(s.transform(imputer.transform(column)))
        parts_test.append(s.transform(imputer.transform(other)))
        if gaps.any():
            parts_train.append(gaps.astype(float))
            parts_test.append(other_gaps.astype(float))
    name = lambda d: np.array([x or "~missing" for x in d], dtype=object).reshape(-1, 1)
    encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(name(train[3]))
    parts_train.append(encoder.transform(name(train[3])))
    parts_test.append(encoder.transform(name(test[3])))
    return np.hstack(parts_train), np.hstack(parts_test)


for label, scaler in (("standard", StandardScaler), ("min-max", MinMaxScaler)):
    for part, matrix in zip(("train", "test"), prepared(scaler)):
        np.savetxt(out / f"{label}-{part}.txt", matrix, fmt="%.9g")
weights = compute_class_weight("balanced", classes=np.unique(train[4]), y=train[4])
np.savetxt(out / "class-weights.txt", weights, fmt="%.17g")
