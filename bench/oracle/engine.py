"""Values and gradients of the engine's operations, computed by PyTorch.

Writes train/src/test/resources/dev/auscult/train/torch/operators.json.
The gradient is that of sum_k sum_i cos(i) * output_k[i] by each float input that asks for one.

    python bench/oracle/engine.py
"""

import json
import pathlib

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
generator = torch.Generator().manual_seed(20260101)
TYPES = {torch.float32: "FLOAT32", torch.float64: "FLOAT64", torch.int64: "INT64", torch.bool: "BOOL"}
cases = []


def normal(*shape):
    """Inputs of few digits, so that the file stays small."""
    return (torch.randn(*shape, generator=generator) * 100).round() / 100


def positive(*shape):
    return normal(*shape).abs() + 0.1


def whole(high, *shape):
    return torch.randint(0, high, shape, generator=generator)


def numbers(tensor):
    values = tensor.detach().reshape(-1).tolist()
    if tensor.dtype == torch.bool:
        return [int(value) for value in values]
    if tensor.dtype == torch.int64:
        return values
    return [float(f"{value:.8g}") for value in values]


def described(tensor, gradient=None):
    made = {"type": TYPES[tensor.dtype], "shape": list(tensor.shape), "values": numbers(tensor)}
    if gradient is not None:
        made["gradient"] = numbers(gradient)
    return made


def case(name, function, *inputs, constants=()):
    """constants: inputs after the others, which get no gradient and which the function may change."""
    leaves = [x.clone().requires_grad_(x.is_floating_point()) for x in inputs]
    fixed = [x.clone() for x in constants]
    found = function(*leaves, *fixed)
    outputs = list(found) if isinstance(found, (list, tuple)) else [found]
    loss = None
    for output in outputs:
        if output.requires_grad:
            weight = torch.cos(torch.arange(output.numel(), dtype=torch.float64)).to(output.dtype)
            part = (output.reshape(-1) * weight).sum()
            loss = part if loss is None else loss + part
    if loss is not None:
        loss.backward()
    cases.append(
        {
            "name": name,
            "inputs": [described(x, leaf.grad) for x, leaf in zip(inputs, leaves)] + [described(x) for x in constants],
            "outputs": [described(x) for x in outputs],
        }
    )


a, b, row = normal(2, 3), normal(2, 3), normal(3)
case("add", lambda x, y: x + y, a, row)
case("add-number", lambda x: x + 1.5, a)
case("sub", lambda x, y: x - y, a, row)
case("mul", lambda x, y: x * y, a, row)
case("mul-number", lambda x: x * -2.5, a)
case("mul-integers", lambda x: x * 3, whole(9, 4))
case("div", lambda x, y: x / y, a, positive(3))
case("div-number", lambda x: x / 4, a)
case("neg", lambda x: -x, a)
case("pow", lambda x: x**2.5, positive(2, 3))
case("sqrt", torch.sqrt, positive(2, 3))
case("exp", torch.exp, a)
case("log", torch.log, positive(2, 3))
case("abs", torch.abs, a)
case("sign", torch.sign, torch.tensor([-2.0, 0.0, 3.0]))
case("clamp", lambda x: x.clamp(-0.5, 0.7), a)
case("maximum", torch.maximum, a, b)
case("minimum", torch.minimum, a, b)
case("matmul", torch.matmul, normal(2, 3, 4), normal(4, 2))
case("equal-to", lambda x, y: x == y, torch.tensor([1.0, 2.0, 3.0]), torch.tensor([1.0, 5.0, 3.0]))
case("equal-to-number", lambda x: x == 2, torch.tensor([1.0, 2.0, 3.0]))
case("greater-than", lambda x, y: x > y, a, b)
case("greater-than-number", lambda x: x > 0.1, a)
case("reshape", lambda x: x.reshape(3, -1), a)
case("transpose", lambda x: x.transpose(0, 2), normal(2, 3, 2))
case("permute", lambda x: x.permute(2, 0, 1), normal(2, 3, 2))
case("squeeze", lambda x: x.squeeze(1), normal(2, 1, 3))
case("unsqueeze", lambda x: x.unsqueeze(-1), a)
case("expand", lambda x: x.expand(2, 2, 3), row)
case("narrow", lambda x: x.narrow(1, 1, 2), normal(2, 4))
case("select", lambda x: x.select(1, 2), normal(2, 4))
case("index-select", lambda x, i: x.index_select(1, i), normal(2, 4), torch.tensor([3, 0, 3]))
case("gather", lambda x, i: x.gather(1, i), normal(2, 4), torch.tensor([[3, 0], [1, 1]]))
case("contiguous", lambda x: x.t().contiguous(), a)
case("copy", lambda x: x.clone(), a)
case("to-float64", lambda x: x.to(torch.float64), a)
case("to-int64", lambda x: x.to(torch.int64), torch.tensor([-1.7, 0.2, 2.9]))
case("sum", torch.sum, a)
case("sum-axes", lambda x: x.sum((0, 2)), normal(2, 3, 2))
case("sum-kept", lambda x: x.sum(1, keepdim=True), a)
case("mean", torch.mean, a)
case("mean-axes", lambda x: x.mean((0, 2)), normal(2, 3, 2))
case("mean-kept", lambda x: x.mean(-1, keepdim=True), a)
case("max", torch.max, a)
case("min", torch.min, a)
case("max-axis", lambda x: x.max(1).values, a)
case("argmax", lambda x: x.argmax(1), a)
case("norm", torch.norm, a)
case("cumsum", lambda x: x.cumsum(1), a)
case("relu", F.relu, a)
case("leaky-relu", lambda x: F.leaky_relu(x, 0.2), a)
case("elu", lambda x: F.elu(x, 1.3), a)
case("selu", F.selu, a)
case("gelu", F.gelu, a)
case("silu", F.silu, a)
case("tanh", torch.tanh, a)
case("sigmoid", torch.sigmoid, a)
case("softplus", F.softplus, a)
case("softmax", lambda x: x.softmax(1), a)
case("log-softmax", lambda x: x.log_softmax(0), a)

# In place: the changed tensor is the output.
case("zero-in-place", lambda x: x.zero_(), constants=[a])
case("fill-in-place", lambda x: x.fill_(2.5), constants=[a])
case("add-in-place", lambda x, y: x.add_(y), constants=[a, row])
case("add-scaled-in-place", lambda x, y: x.add_(y, alpha=-0.3), constants=[a, row])
case("add-number-in-place", lambda x: x.add_(1.25), constants=[a])
case("sub-in-place", lambda x, y: x.sub_(y), constants=[a, row])
case("mul-number-in-place", lambda x: x.mul_(0.9), constants=[a])
case("mul-in-place", lambda x, y: x.mul_(y), constants=[a, row])
case("div-in-place", lambda x, y: x.div_(y), constants=[a, positive(3)])
case("div-number-in-place", lambda x: x.div_(3), constants=[a])
case("add-product-in-place", lambda x, y, z: x.addcmul_(y, z, value=0.2), constants=[a, b, row])
case("add-quotient-in-place", lambda x, y, z: x.addcdiv_(y, z, value=-0.2), constants=[a, b, positive(2, 3)])
case("lerp-in-place", lambda x, y: x.lerp_(y, 0.25), constants=[a, b])
case("sqrt-in-place", lambda x: x.sqrt_(), constants=[positive(2, 3)])
case("clamp-in-place", lambda x: x.clamp_(-0.5, 0.5), constants=[a])
case("maximum-in-place", lambda x, y: torch.maximum(x, y), constants=[a, b])

case("range", lambda: torch.arange(5))
case("identity", lambda: torch.eye(3))
case("zeros", lambda: torch.zeros(2, 2, dtype=torch.float64))
case("ones", lambda: torch.ones(3, dtype=torch.int64))
case("full", lambda: torch.full((2, 2), 0.25))
case("cat", lambda x, y: torch.cat([x, y], 1), a, normal(2, 2))
case("stack", lambda x, y: torch.stack([x, y], 1), a, b)
case("where", lambda x, y, c: torch.where(c, x, y), a, b, constants=[torch.tensor([True, False, True])])

case("linear", F.linear, normal(4, 3), normal(2, 3), normal(2))
case("linear-no-bias", F.linear, normal(2, 2, 3), normal(2, 3))
case("conv1d", lambda x, w, c: F.conv1d(x, w, c, stride=2, padding=1, dilation=2), normal(2, 3, 9), normal(4, 3, 3), normal(4))
case("conv1d-groups", lambda x, w: F.conv1d(x, w, groups=2), normal(2, 4, 6), normal(4, 2, 3))
case("conv2d", lambda x, w, c: F.conv2d(x, w, c, padding=1), normal(2, 2, 4, 5), normal(3, 2, 3, 3), normal(3))
case(
    "conv2d-uneven",
    lambda x, w: F.conv2d(x, w, stride=(2, 1), padding=(1, 0), dilation=(1, 2), groups=2),
    normal(2, 4, 5, 6),
    normal(4, 2, 3, 2),
)
case("max-pool-1d", lambda x: F.max_pool1d(x, 3, 2, 1), normal(2, 2, 7))
case("max-pool-2d", lambda x: F.max_pool2d(x, (2, 3), (2, 1), (1, 1)), normal(2, 2, 4, 5))
case("average-pool-1d", lambda x: F.avg_pool1d(x, 3, 2, 1, count_include_pad=False), normal(2, 2, 7))
case("average-pool-2d", lambda x: F.avg_pool2d(x, 2, 2, 1, count_include_pad=False), normal(2, 2, 4, 5))


def batch_norm(training):
    def run(x, weight, bias, mean, variance):
        out = F.batch_norm(x, mean, variance, weight, bias, training=training, momentum=0.3, eps=1e-3)
        return out, mean, variance

    return run


case("batch-norm-training", batch_norm(True), normal(4, 3), normal(3), normal(3), constants=[normal(3), positive(3)])
case("batch-norm-images", batch_norm(True), normal(3, 2, 2, 3), normal(2), normal(2), constants=[normal(2), positive(2)])
case("batch-norm-evaluation", batch_norm(False), normal(4, 3), normal(3), normal(3), constants=[normal(3), positive(3)])
case("layer-norm", lambda x, w, c: F.layer_norm(x, (3,), w, c, 1e-4), normal(2, 2, 3), normal(3), normal(3))
case("layer-norm-plain", lambda x: F.layer_norm(x, (2, 3), None, None, 1e-5), normal(2, 2, 3))
case("embedding", lambda w, t: F.embedding(t, w), normal(5, 3), constants=[whole(5, 2, 4)])
case("embedding-padding", lambda w, t: F.embedding(t, w, padding_idx=1), normal(5, 3), constants=[torch.tensor([[1, 2], [4, 1]])])

for kind, gates in [("rnn", 1), ("lstm", 4), ("gru", 3)]:
    for both in [False, True]:
        made = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[kind](
            3, 2, batch_first=True, bidirectional=both
        )
        shapes = [p.shape for p in made.parameters()]

        def recurrent(x, *weights, made=made, kind=kind):
            names = [n for n, _ in made.named_parameters()]
            out, state = torch.func.functional_call(made, dict(zip(names, weights)), (x,))
            return out, state[0] if kind == "lstm" else state

        case(kind + ("-bidirectional" if both else ""), recurrent, normal(2, 4, 3), *[normal(*s) for s in shapes])

q, k, v = normal(2, 2, 3, 4), normal(2, 2, 3, 4), normal(2, 2, 3, 4)
case("attention", lambda q, k, v: F.scaled_dot_product_attention(q, k, v), q, k, v)
case("attention-causal", lambda q, k, v: F.scaled_dot_product_attention(q, k, v, is_causal=True), q, k, v)
mask = torch.zeros(2, 1, 1, 3)
mask[1, 0, 0, 2] = -1e9
case("attention-masked", lambda q, k, v, m: F.scaled_dot_product_attention(q, k, v, attn_mask=m), q, k, v, constants=[mask])

logits, classes, weights = normal(4, 3), torch.tensor([0, 2, 1, 2]), torch.tensor([0.5, 2.0, 1.25])
case("cross-entropy", lambda x, y: F.cross_entropy(x, y), logits, constants=[classes])
case("cross-entropy-sum", lambda x, y: F.cross_entropy(x, y, reduction="sum"), logits, constants=[classes])
case("cross-entropy-each", lambda x, y: F.cross_entropy(x, y, reduction="none"), logits, constants=[classes])
case("cross-entropy-weights", lambda x, y, w: F.cross_entropy(x, y, w), logits, constants=[classes, weights])
case("cross-entropy-smoothing", lambda x, y: F.cross_entropy(x, y, label_smoothing=0.1), logits, constants=[classes])
case(
    "cross-entropy-everything",
    lambda x, y, w: F.cross_entropy(x, y, w, label_smoothing=0.2, ignore_index=1),
    logits,
    constants=[classes, weights],
)
case("cross-entropy-ignore", lambda x, y: F.cross_entropy(x, y, ignore_index=2), logits, constants=[classes])
case("cross-entropy-probabilities", lambda x, y: F.cross_entropy(x, y), logits, constants=[normal(4, 3).softmax(1)])
case("cross-entropy-places", lambda x, y: F.cross_entropy(x, y), normal(2, 3, 4), constants=[whole(3, 2, 4)])
bits = torch.tensor([[0.0, 1.0, 1.0], [1.0, 0.0, 0.5]])
case("binary-cross-entropy", lambda x, y: F.binary_cross_entropy_with_logits(x, y), a, constants=[bits])
case(
    "binary-cross-entropy-weights",
    lambda x, y, w: F.binary_cross_entropy_with_logits(x, y, pos_weight=w, reduction="sum"),
    a,
    constants=[bits, weights],
)
case("mean-squared-error", F.mse_loss, a, constants=[b])
case("mean-squared-error-each", lambda x, y: F.mse_loss(x, y, reduction="none"), a, constants=[b])
case("mean-absolute-error", F.l1_loss, a, constants=[b])
case("mean-absolute-error-sum", lambda x, y: F.l1_loss(x, y, reduction="sum"), a, constants=[b])
case("huber", lambda x, y: F.huber_loss(x, y, delta=0.6), a, constants=[b])
case("huber-sum", lambda x, y: F.huber_loss(x, y, reduction="sum", delta=0.6), a, constants=[b])

target = pathlib.Path(__file__).parents[2] / "train/src/test/resources/dev/auscult/train/torch/operators.json"
target.parent.mkdir(parents=True, exist_ok=True)
lines = ",\n".join("  " + json.dumps(c, separators=(",", ":")) for c in cases)
target.write_text('{"torch": "%s", "cases": [\n%s\n]}\n' % (torch.__version__, lines))
print(f"{len(cases)} cases, {target.stat().st_size} bytes, {target}")
