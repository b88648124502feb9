"""Writes TorchScript networks with what they give, as test data: train/src/test/resources/oracle/*.pt and scripts.json.

    python bench/oracle/scripts.py
"""

import json
import pathlib

import torch
from torch import nn

OUT = pathlib.Path(__file__).parents[2] / "train/src/test/resources/oracle"
torch.manual_seed(20260103)


class Chain(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU())
        self.flatten = nn.Flatten()
        self.head = nn.Linear(2 * 4 * 4, 3)

    def forward(self, x):
        return self.head(self.flatten(self.features(x)))


class Shortcut(nn.Module):
    """No chain: its children run one after another give something else."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 4)
        self.second = nn.Linear(4, 4)

    def forward(self, x):
        return x + self.second(self.first(x))


def numbers(t):
    return [float(f"{v:.8g}") for v in t.detach().double().flatten().tolist()]


found = {}
for name, module, x in [("chain", Chain(), torch.randn(2, 1, 6, 6)), ("shortcut", Shortcut(), torch.randn(2, 4))]:
    script = torch.jit.script(module)
    script.save(str(OUT / f"{name}.pt"))
    module.train()
    # The first pass in training mode, and what evaluation gives behind it.
    training = module(x)
    training.sum().backward()
    module.eval()
    found[name] = {
        "shape": list(x.shape), "input": numbers(x),
        "training": numbers(training), "evaluation": numbers(module(x)),
        "gradientNorms": [p.grad.norm().item() for p in module.parameters()],
        "parameters": [n for n, _ in module.named_parameters()],
    }
(OUT / "scripts.json").write_text(json.dumps(found, separators=(",", ":")) + "\n")
