#!/usr/bin/env python3
"""Cross-validated scores of scikit-learn's boosted trees, for the tests of dev.auscult.data.learn.

    python bench/oracle/boosting.py > data/src/test/resources/dev/auscult/data/learn/boosting.tsv

Each line: data set, rows, mean and standard deviation over ten random splits into five folds: of the log loss and the accuracy of
classes, or of the squared error as a share of the target's variance (1 - R2). Needs scikit-learn 1.x and numpy.
"""
import numpy as np
from sklearn import datasets
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.metrics import accuracy_score, log_loss
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_predict

SETTINGS = dict(max_iter=60, max_depth=4, learning_rate=0.15, early_stopping=False, l2_regularization=1.0)
for name in ("breast_cancer", "wine", "digits"):
    x, y = getattr(datasets, "load_" + name)(return_X_y=True)
    losses, accuracies = [], []
    for seed in range(10 if name != "digits" else 2):
        folds = StratifiedKFold(5, shuffle=True, random_state=seed)
        p = cross_val_predict(HistGradientBoostingClassifier(**SETTINGS), x, y, cv=folds, method="predict_proba")
        losses.append(log_loss(y, p))
        accuracies.append(accuracy_score(y, p.argmax(1)))
    print(name, len(y), *(f"{v:.4f}" for v in (np.mean(losses), np.std(losses), np.mean(accuracies), np.std(accuracies))), sep="\t")
x, y = datasets.load_diabetes(return_X_y=True, scaled=False)
shares = []
for seed in range(10):
    p = cross_val_predict(HistGradientBoostingRegressor(**SETTINGS), x, y, cv=KFold(5, shuffle=True, random_state=seed))
    shares.append(np.mean((p - y) ** 2) / np.var(y))
print("diabetes", len(y), f"{np.mean(shares):.4f}", f"{np.std(shares):.4f}", sep="\t")
