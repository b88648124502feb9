"""Numbers for the tests of dev.auscult.data.media, from NumPy, SciPy and Pillow.

Usage: python bench/oracle/media.py   (from the root of the repository; NumPy 2, SciPy 1, Pillow)
"""

import os

import numpy as np
from PIL import Image, ImageFilter
from scipy.fft import dctn
from scipy.ndimage import convolve
from scipy.stats import binom, chi2

HOME = "data/src/test/resources/dev/auscult/data/media"


def picture(k, height, width):
    """Pixel (y, x) is (x (k + 3) + y (2 k + 5) + x y) mod 211 + 20."""
    y, x = np.indices((height, width))
    return ((x * (k + 3) + y * (2 * k + 5) + x * y) % 211 + 20).astype(np.uint8)


def phash(pixels):
    """As imagehash.phash, without its resizing: bits of the 8 x 8 lowest frequencies above their median, as two halves."""
    low = dctn(pixels.astype(float), type=2)[:8, :8]
    bits = (low > np.median(low)).ravel()
    return [int("".join("1" if b else "0" for b in half), 2) for half in (bits[:32], bits[32:])]


def edges(pixels):
    """The blurriness score of cleanvision."""
    image = Image.fromarray(pixels)
    blur = 1 - np.exp(-0.01 * np.asarray(image.filter(ImageFilter.FIND_EDGES)).astype(float).std())
    even = 1 - np.exp(-0.01 * np.std(image.histogram()))
    return min(1, blur + (even if even > 0.18 else 0))


def sharpness(pixels):
    kernel = np.array([[0, -1, 0], [-1, 4, -1], [0, -1, 0]])
    laplacian = convolve(pixels.astype(float), kernel)[1:-1, 1:-1]
    return np.log(laplacian.std()) - np.log(pixels.astype(float).std())


def entropy(pixels):
    share = np.bincount(pixels.ravel(), minlength=256) / pixels.size
    share = share[share > 0]
    return -(share * np.log2(share)).sum()


os.makedirs(HOME, exist_ok=True)
with open(os.path.join(HOME, "measures.txt"), "w") as out:

    def row(name, *values):
        out.write(name + " " + " ".join(repr(float(v)) for v in values) + "\n")

    for k in range(4):
        pixels = picture(k, 32, 32)
        row(f"hash{k}", *phash(pixels))
        row(f"edges{k}", edges(pixels))
        row(f"sharpness{k}", sharpness(pixels))
        row(f"entropy{k}", entropy(pixels))
        row(f"dark{k}", np.percentile(pixels, 99) / 255)
        row(f"light{k}", 1 - np.percentile(pixels, 5) / 255)
        row(f"correlation{k}", np.corrcoef(pixels.ravel(), picture(k + 1, 32, 32).ravel())[0, 1])
    cases = [(40, 1), (3, 2), (20, 9), (120, 45), (0.5, 3), (1000, 4)]
    row("chi-square", *(chi2.sf(x, d) for x, d in cases))
    row("binomial", *(binom.sf(h - 1, n, p) for h, n, p in [(1, 1, 0.3), (5, 9, 0.4), (300, 320, 0.9), (40, 500, 0.05)]))
