"""Time of a training step with Adam in PyTorch: step_time.py NET BATCH SECONDS [fused] prints the 25 % quantile in us, of the
wall clock and of the thread's time.

The nets are those of train/src/test/java/dev/auscult/train/torch/StepTime.java.
"""

import sys
import time

import numpy
import torch
from torch import nn

torch.set_num_threads(1)
torch.manual_seed(7)
net, batch, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
fused = "fused" in sys.argv[4:]
if net == "cnn":
    model = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(32 * 7 * 7, 64), nn.ReLU(), nn.Linear(64, 10),
    )  # fmt: skip
    shape = (batch, 1, 28, 28)
else:
    model = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))
    shape = (batch, 784)
optimizer = torch.optim.Adam(model.parameters(), fused=True) if fused else torch.optim.Adam(model.parameters())
loss_function = nn.CrossEntropyLoss()
pixels = numpy.random.default_rng(7).standard_normal(shape, dtype=numpy.float32)
classes = numpy.arange(batch, dtype=numpy.int64) % 10

times, work, block = [], [], 5
before = time.thread_time()
end = time.perf_counter() + seconds
while time.perf_counter() < end:
    start = time.perf_counter()
    # A copy, as a loader makes it.
    inputs, target = torch.from_numpy(pixels.copy()), torch.from_numpy(classes.copy())
    optimizer.zero_grad()
    loss_function(model(inputs), target).backward()
    optimizer.step()
    times.append((time.perf_counter() - start) * 1e6)
    if len(times) % block == 0:
        now = time.thread_time()
        work.append((now - before) * 1e6 / block)
        before = now


def quantile(numbers):
    """Of the later half: the first warms up."""
    later = sorted(numbers[len(numbers) // 2 :])
    return later[len(later) // 4]


print(f"{quantile(times):.1f} {quantile(work):.1f}")
