"""Writes data/src/test/resources/dev/auscult/data/compare/{numbers,counts}.tsv: what SciPy says of two samples.

numbers: rows of each sample, power, D of Kolmogorov and Smirnov, its p-value, Wasserstein distance. The samples are
frac(0.6180339887498949 i) and frac(0.7548776662466927 i) ** power for i = 1, 2, ...
counts: k, drawn, marked, all, ln of the upper tail of the hypergeometric distribution from k on; and for the same four numbers
as a table of two by two the p-value of the chi-square test without Yates' correction.
"""

import pathlib

import numpy as np
from scipy import stats

folder = pathlib.Path(__file__).parents[2] / "data/src/test/resources/dev/auscult/data/compare"
folder.mkdir(parents=True, exist_ok=True)

with open(folder / "numbers.tsv", "w") as out:
    for n, m, power in [(30, 40, 1.0), (30, 40, 2.5), (400, 300, 1.3), (2000, 1000, 1.1), (2000, 1000, 1.0), (9000, 8000, 1.05)]:
        a = np.arange(1, n + 1) * 0.6180339887498949 % 1
        b = (np.arange(1, m + 1) * 0.7548776662466927 % 1) ** power
        exact = n * m <= 250_000
        ks = stats.ks_2samp(a, b, method="exact" if exact else "asymp")
        p = ks.pvalue
        if not exact:
            p = stats.kstwobign.sf(ks.statistic * np.sqrt(n * m / (n + m)))
        print(n, m, power, repr(float(ks.statistic)), repr(float(p)),
              repr(float(stats.wasserstein_distance(a, b))), sep="\t", file=out)

with open(folder / "counts.tsv", "w") as out:
    for k, drawn, marked, total in [(9, 20, 12, 60), (70, 400, 100, 1000), (1300, 20000, 5000, 100000), (3, 30, 3, 1000)]:
        tail = stats.hypergeom.logsf(k - 1, total, marked, drawn)
        table = [[k, drawn - k], [marked - k, total - drawn - marked + k]]
        chi = stats.chi2_contingency(table, correction=False).pvalue
        print(k, drawn, marked, total, repr(float(tail)), repr(float(chi)), sep="\t", file=out)
