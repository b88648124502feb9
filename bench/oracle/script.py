"""A small TorchScript network and what PyTorch makes of it.

Writes train/src/test/resources/dev/auscult/train/torch/net.pt and net.json.

    python bench/oracle/script.py
"""

import json
import pathlib

import torch
from torch import nn

torch.manual_seed(3)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(1, 2, 3, padding=1), nn.BatchNorm2d(2), nn.ReLU(), nn.Dropout(0.5))
        self.head = nn.Linear(2 * 4 * 4, 3)
        self.scale = nn.Parameter(torch.tensor([2.0]))

    def forward(self, x):
        return self.head(self.body(x).flatten(1)) * self.scale


net = torch.jit.script(Net())
inputs = (torch.arange(2 * 16, dtype=torch.float32).reshape(2, 1, 4, 4) / 10).sin()
net.eval()
folder = pathlib.Path(__file__).parents[2] / "train/src/test/resources/dev/auscult/train/torch"
net.save(str(folder / "net.pt"))
output = net(inputs)
body = net.body(inputs)
output.sum().backward()
made = {
    "inputs": inputs.reshape(-1).tolist(),
    "output": output.reshape(-1).tolist(),
    "body": body.reshape(-1).tolist(),
    "scale-gradient": net.scale.grad.item(),
    "weight-gradient": getattr(net.body, "0").weight.grad.reshape(-1).tolist(),
}
(folder / "net.json").write_text(json.dumps(made, indent=1) + "\n")
print((folder / "net.pt").stat().st_size, "bytes")
