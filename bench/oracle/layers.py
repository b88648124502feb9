"""Writes what PyTorch's layers give, as test data: train/src/test/resources/oracle/layers.json.

    python bench/oracle/layers.py

For each case: the layers in the vocabulary of the spec, the weights (copied into both), an input, the output, and for the
loss sum(output * weighting) the gradients of input and weights; after a pass in training mode the buffers.
"""

import json
import pathlib

import torch
from torch import nn

OUT = pathlib.Path(__file__).parents[2] / "train/src/test/resources/oracle/layers.json"
torch.manual_seed(20260101)
torch.set_default_dtype(torch.float64)


def numbers(t):
    # Seven digits are what float32 holds.
    return [float(f"{v:.8g}") for v in t.detach().double().flatten().tolist()]


def tensor(t):
    return {"shape": list(t.shape), "values": numbers(t)}


class Last(nn.Module):
    """The last state of a recurrent layer, as [batch, directions x units]."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        out, hidden = self.inner(x)
        hidden = hidden[0] if isinstance(hidden, tuple) else hidden
        return torch.cat(list(hidden), 1)


class All(Last):
    def forward(self, x):
        return self.inner(x)[0]


class SelfAttention(nn.Module):
    def __init__(self, units, heads, causal=False):
        super().__init__()
        self.inner = nn.MultiheadAttention(units, heads, batch_first=True)
        self.causal = causal

    def forward(self, x):
        mask = nn.Transformer.generate_square_subsequent_mask(x.shape[1]) if self.causal else None
        return self.inner(x, x, x, attn_mask=mask, need_weights=False)[0]


class Block(nn.Module):
    def __init__(self, units, heads, hidden, pre, activation, causal=False):
        super().__init__()
        self.inner = nn.TransformerEncoderLayer(
            units, heads, hidden, 0.0, activation, batch_first=True, norm_first=pre)
        self.causal = causal

    def forward(self, x):
        mask = nn.Transformer.generate_square_subsequent_mask(x.shape[1]) if self.causal else None
        return self.inner(x, src_mask=mask)


class Sum(nn.Module):
    def __init__(self, body, shortcut=None):
        super().__init__()
        self.body = body
        self.shortcut = shortcut

    def forward(self, x):
        return self.body(x) + (x if self.shortcut is None else self.shortcut(x))


class Turned(nn.Module):
    """Runs a layer for channels first on a sequence [length, units]."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return self.inner(x.transpose(1, 2)).transpose(1, 2)


class Function(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


def layer(type, children=(), **options):
    return {
        "type": type,
        "options": {k.replace("_", "-"): v for k, v in options.items()},
        "children": list(children),
    }


cases = []


def case(name, layers, module, x, names=None, train=True, tokens=0, sequence=False):
    """names: how our parameters are called, in order of PyTorch's parameters; None: taken in the order of ours."""
    with torch.no_grad():
        for parameter in module.parameters():
            # Away from the zeros and ones that biases and norms start with.
            parameter.add_(0.1 * torch.randn_like(parameter))
    weights = [tensor(p) for p in module.parameters()]
    before = [tensor(b) for b in module.buffers() if b.dim() > 0]
    module.train(train)
    leaf = x if tokens else x.clone().requires_grad_()
    out = module(leaf)
    weighting = torch.randn_like(out)
    (out * weighting).sum().backward()
    parameters = list(module.parameters())
    order = names or list(range(len(parameters)))
    cases.append({
        "name": name,
        "layers": layers,
        "tokens": tokens,
        "train": train,
        "input": tensor(x),
        "weights": [weights[i] for i in order],
        "gradients": [tensor(parameters[i].grad) for i in order],
        "buffers": before,
        "buffersAfter": [tensor(b) for b in module.buffers() if b.dim() > 0],
        "output": tensor(out),
        "weighting": numbers(weighting),
        "inputGradient": None if tokens else tensor(leaf.grad),
    })


def x(*shape):
    return torch.randn(*shape)


case("dense", [layer("dense", units=3)], nn.Linear(4, 3), x(2, 4))
case("dense without bias", [layer("dense", units=3, bias=False)], nn.Linear(4, 3, bias=False), x(2, 4))
case("dense with folded activation", [layer("dense", units=3, activation="tanh")],
     nn.Sequential(nn.Linear(4, 3), nn.Tanh()), x(2, 4))

case("conv on images", [layer("conv", filters=3, kernel=[3])], nn.Conv2d(2, 3, 3), x(2, 2, 5, 6))
case("conv same", [layer("conv", filters=2, kernel=[3, 5], padding="same")],
     nn.Conv2d(2, 2, (3, 5), padding="same"), x(1, 2, 5, 6))
case("conv same, even window", [layer("conv", filters=2, kernel=[2, 4], padding="same")],
     nn.Conv2d(2, 2, (2, 4), padding="same"), x(1, 2, 5, 6))
case("conv stride, padding, dilation, groups",
     [layer("conv", filters=4, kernel=[3], stride=[2, 1], padding=[1, 2], dilation=[1, 2], groups=2, bias=False)],
     nn.Conv2d(4, 4, 3, (2, 1), (1, 2), (1, 2), 2, bias=False), x(2, 4, 6, 7))
case("conv on lengths", [layer("conv", filters=3, kernel=[3], stride=[2], padding=[1], dilation=[2])],
     nn.Conv1d(2, 3, 3, 2, 1, 2), x(2, 2, 9))
case("conv along a sequence", [layer("embedding", units=3), layer("conv", filters=4, kernel=[3], padding="same")],
     nn.Sequential(nn.Embedding(7, 3), Turned(nn.Conv1d(3, 4, 3, padding="same"))),
     torch.randint(1, 7, (2, 5)), tokens=7)

case("max-pool", [layer("max-pool", size=[2])], nn.MaxPool2d(2), x(2, 2, 5, 4))
case("max-pool with stride and padding", [layer("max-pool", size=[3], stride=[2], padding=[1])],
     nn.MaxPool2d(3, 2, 1), x(2, 2, 5, 6))
case("max-pool on lengths", [layer("max-pool", size=[3])], nn.MaxPool1d(3), x(2, 2, 8))
case("average-pool", [layer("average-pool", size=[2])], nn.AvgPool2d(2), x(2, 2, 4, 5))
case("average-pool with padding", [layer("average-pool", size=[3], stride=[2], padding=[1])],
     nn.AvgPool2d(3, 2, 1, count_include_pad=False), x(2, 2, 5, 6))
case("average-pool on lengths", [layer("average-pool", size=[2], stride=[3])], nn.AvgPool1d(2, 3), x(2, 2, 8))
case("global-pool average", [layer("global-pool")], nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()), x(2, 3, 4, 3))
case("global-pool max", [layer("global-pool", reduce="max")],
     nn.Sequential(nn.AdaptiveMaxPool2d(1), nn.Flatten()), x(2, 3, 4, 3))

case("batch-norm on vectors", [layer("batch-norm")], nn.BatchNorm1d(3), x(5, 3))
case("batch-norm on images", [layer("batch-norm", momentum=0.3, epsilon=1e-3)],
     nn.BatchNorm2d(2, momentum=0.3, eps=1e-3), x(3, 2, 3, 2))
case("batch-norm in evaluation", [layer("batch-norm")], nn.BatchNorm2d(2), x(3, 2, 3, 2), train=False)
case("batch-norm without scale", [layer("batch-norm", affine=False)], nn.BatchNorm1d(3, affine=False), x(5, 3))
case("layer-norm", [layer("layer-norm")], nn.LayerNorm(6), x(3, 6))
case("layer-norm without scale", [layer("layer-norm", affine=False, epsilon=1e-3)],
     nn.LayerNorm(6, eps=1e-3, elementwise_affine=False), x(3, 6))
case("group-norm", [layer("group-norm", groups=2)], nn.GroupNorm(2, 4), x(2, 4, 3, 2))

for name, module in {
    "relu": nn.ReLU(), "leaky-relu": nn.LeakyReLU(), "elu": nn.ELU(), "selu": nn.SELU(), "gelu": nn.GELU(),
    "silu": nn.SiLU(), "tanh": nn.Tanh(), "sigmoid": nn.Sigmoid(), "softmax": nn.Softmax(-1),
    "log-softmax": nn.LogSoftmax(-1), "softplus": nn.Softplus(),
}.items():
    case(name, [layer(name)], module, x(2, 4))
case("leaky-relu with a slope", [layer("leaky-relu", slope=0.2)], nn.LeakyReLU(0.2), x(2, 4))
case("elu with alpha", [layer("elu", alpha=1.7)], nn.ELU(1.7), x(2, 4))

case("flatten", [layer("flatten")], nn.Flatten(), x(2, 2, 3, 2))
case("reshape", [layer("reshape", shape=[1, -1, 3])], nn.Unflatten(1, (1, 2, 3)), x(2, 6))
case("sequential", [layer("sequential", [layer("dense", units=3), layer("relu")])],
     nn.Sequential(nn.Linear(4, 3), nn.ReLU()), x(2, 4))
case("dropout in evaluation", [layer("dropout", rate=0.5)], nn.Dropout(0.5), x(2, 4), train=False)

case("residual", [layer("residual", [layer("dense", units=4), layer("relu")])],
     Sum(nn.Sequential(nn.Linear(4, 4), nn.ReLU())), x(2, 4))
case("residual, dense shortcut", [layer("residual", [layer("dense", units=3)])],
     Sum(nn.Linear(4, 3), nn.Linear(4, 3, bias=False)), x(2, 4))
case("residual, conv shortcut with stride",
     [layer("residual", [layer("conv", filters=3, kernel=[3], stride=[2], padding=[1])])],
     Sum(nn.Conv2d(2, 3, 3, 2, 1), nn.Conv2d(2, 3, 1, 2, bias=False)), x(2, 2, 5, 6))
case("residual, projected though equal", [layer("residual", [layer("dense", units=4)], shortcut="projection")],
     Sum(nn.Linear(4, 4), nn.Linear(4, 4, bias=False)), x(2, 4))

case("embedding", [layer("embedding", units=3)], nn.Embedding(6, 3), torch.randint(0, 6, (2, 4)), tokens=6)

for kind, make in {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}.items():
    case(f"{kind}, last", [layer(kind, units=3)], Last(make(2, 3, batch_first=True)), x(2, 4, 2))
    case(f"{kind}, all", [layer(kind, units=3, **{"return": "all"})], All(make(2, 3, batch_first=True)), x(2, 4, 2))
    case(f"{kind}, both directions", [layer(kind, units=2, bidirectional=True)],
         Last(make(2, 2, batch_first=True, bidirectional=True)), x(2, 4, 2))
    case(f"{kind}, both directions, all", [layer(kind, units=2, bidirectional=True, **{"return": "all"})],
         All(make(2, 2, batch_first=True, bidirectional=True)), x(2, 3, 2))

case("attention", [layer("attention", heads=2)], SelfAttention(4, 2), x(2, 3, 4))
case("attention, causal", [layer("attention", heads=2, causal=True)], SelfAttention(4, 2, True), x(2, 3, 4))
# PyTorch: attention (4), linear1 (2), linear2 (2), norm1 (2), norm2 (2); ours in order of execution.
POST = [0, 1, 2, 3, 8, 9, 4, 5, 6, 7, 10, 11]
PRE = [8, 9, 0, 1, 2, 3, 10, 11, 4, 5, 6, 7]
case("transformer-block, post", [layer("transformer-block", heads=2, feed_forward=5, norm="post", activation="relu")],
     Block(4, 2, 5, False, "relu"), x(2, 3, 4), POST)
case("transformer-block, pre", [layer("transformer-block", heads=2, feed_forward=5, norm="pre", activation="gelu")],
     Block(4, 2, 5, True, "gelu"), x(2, 3, 4), PRE)
case("transformer-block, causal", [layer("transformer-block", heads=1, feed_forward=5, causal=True)],
     Block(4, 1, 5, True, "gelu", True), x(1, 4, 4), PRE)

case("mean-over-time", [layer("mean-over-time")], Function(lambda t: t.mean(1)), x(2, 3, 4))
case("last-of-time", [layer("last-of-time")], Function(lambda t: t[:, -1]), x(2, 3, 4))

OUT.parent.mkdir(parents=True, exist_ok=True)
OUT.write_text("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")
print(len(cases), "cases,", OUT.stat().st_size, "bytes")
