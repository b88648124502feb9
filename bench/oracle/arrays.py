"""Numbers for the tests of arrays, sound and pictures in data/, from NumPy, SciPy and Pillow.

Usage: python bench/oracle/arrays.py   (from the root of the repository; NumPy 2, SciPy 1, Pillow)
"""

import os

import numpy as np
from PIL import Image
from scipy.signal import resample_poly

HOME = "data/src/test/resources/dev/auscult/data"


def save(path, **rows):
    with open(os.path.join(HOME, path), "w") as out:
        for name, values in rows.items():
            numbers = " ".join(repr(float(v)) for v in np.asarray(values).ravel())
            out.write(f"{name} {numbers}\n")


def numpy_archive():
    """One array [4, 3] for each type; element (i, j) is (7 i + 3 j) mod 11, less 5 where the type has a sign."""
    i, j = np.indices((4, 3))
    unsigned = (7 * i + 3 * j) % 11
    signed = unsigned - 5
    arrays = {"bool": unsigned % 2 == 1, "fortran": np.asfortranarray(signed.astype("<f4"))}
    for name in ["i1", "i2", "i4", "i8", "f2", "f4", "f8"]:
        arrays[name] = signed.astype("<" + name)
        arrays["big_" + name] = signed.astype(">" + name)
    for name in ["u1", "u2", "u4", "u8"]:
        arrays[name] = unsigned.astype("<" + name)
        arrays["big_" + name] = unsigned.astype(">" + name)
    arrays["text"] = signed.astype("<U4")
    arrays["bytes"] = signed.astype("S4")
    np.savez_compressed(os.path.join(HOME, "array/types.npz"), **arrays)
    np.savez(os.path.join(HOME, "array/objects.npz"), x=np.array([[1, "a"], [None, 2]], dtype=object))
    half = np.array([0, 6e-8, 5.96e-5, 6.1e-5, 1 / 3, 1, 65504, np.inf], dtype=np.float16)
    save("array/half.txt", bits=half.view(np.uint16), values=half)


def mel(hertz):
    return 2595 * np.log10(1 + hertz / 700)


def hertz(mel):
    return 700 * (10 ** (mel / 2595) - 1)


def log_mel(x, rate, bands):
    window, hop = round(0.025 * rate), round(0.010 * rate)
    length = 1 << (window - 1).bit_length()
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(window) / window)
    frames = np.stack([x[f : f + window] * hann for f in range(0, len(x) - window + 1, hop)])
    power = np.abs(np.fft.rfft(frames, length)) ** 2
    edges = hertz(np.linspace(0, mel(rate / 2), bands + 2))
    frequencies = np.arange(length // 2 + 1) * rate / length
    filters = np.stack(
        [np.interp(frequencies, edges[b : b + 3], [0, 1, 0], left=0, right=0) for b in range(bands)]
    )
    return np.log(np.maximum(power @ filters.T, 1e-10)).T


def sound():
    n = np.arange(900)
    x = (0.6 * np.sin(0.1 * n) + 0.3 * np.cos(0.37 * n + 1)).astype(np.float32).astype(np.float64)
    save(
        "audio/resample.txt",
        half=resample_poly(x[:240], 1, 2),
        three_quarters=resample_poly(x[:240], 3, 4),
        double=resample_poly(x[:100], 2, 1),
        cd=resample_poly(x[:240], 160, 147),
    )
    save("audio/log-mel.txt", rate8000=log_mel(x, 8000, 12), rate16000=log_mel(x, 16000, 20))


def picture():
    """Pixel (y, x) of channel c of 9×13 is (31 y + 17 x + 5 y x + 60 c) mod 256."""
    y, x = np.indices((9, 13))
    rgb = np.stack([(31 * y + 17 * x + 5 * y * x + 60 * c) % 256 for c in range(3)], axis=2).astype(np.uint8)
    image = Image.fromarray(rgb)
    rows = {"grey": np.asarray(image.convert("L"))}
    for height, width in [(4, 5), (17, 20), (9, 6), (1, 1)]:
        resized = np.asarray(image.resize((width, height), Image.BILINEAR))
        rows[f"{height}x{width}"] = np.moveaxis(resized, 2, 0)
    save("image/pillow.txt", **rows)


numpy_archive()
sound()
picture()
