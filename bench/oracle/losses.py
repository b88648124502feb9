"""Writes what PyTorch's losses give, as test data: train/src/test/resources/oracle/losses.json.

    python bench/oracle/losses.py

For each case: loss and its settings, task, outputs and targets, and for the reductions mean and sum the loss and its
gradient by the outputs. Focal is torchvision's sigmoid_focal_loss without alpha, and for several classes the formula of
Lin et al. 2017.
"""

import json
import pathlib

import torch
import torch.nn.functional as F

OUT = pathlib.Path(__file__).parents[2] / "train/src/test/resources/oracle/losses.json"
torch.manual_seed(20260102)
torch.set_default_dtype(torch.float64)


def numbers(t):
    return [float(f"{v:.10g}") for v in t.detach().double().flatten().tolist()]


cases = []


def case(name, loss, task, classes, output, target, function, smoothing=0.0, weights=None, delta=1.0, gamma=2.0):
    results = {}
    for how in ["mean", "sum"]:
        leaf = output.clone().requires_grad_()
        value = function(leaf, how)
        value.backward()
        results[how] = value.item()
        results[how + "Gradient"] = numbers(leaf.grad)
    cases.append({
        "name": name, "loss": loss, "task": task, "classes": classes, "smoothing": smoothing, "weights": weights or [],
        "delta": delta, "gamma": gamma,
        "outputShape": list(output.shape), "output": numbers(output),
        "targetShape": list(target.shape), "hard": not target.is_floating_point(), "target": numbers(target),
        **results,
    })


def reduced(losses, how, weights=None):
    if how == "sum":
        return losses.sum()
    return losses.mean() if weights is None else losses.sum() / weights.sum()


N, K = 5, 3
logits = 2 * torch.randn(N, K)
hard = torch.tensor([0, 2, 1, 2, 2])
soft = torch.softmax(torch.randn(N, K), 1)
W = [0.5, 1.0, 2.5]
w = torch.tensor(W)
onehot = F.one_hot(hard, K).double()
C, R, M, L = "classification", "regression", "multi-label", "language-model"


def ce(target, smoothing=0.0, weight=None):
    return lambda o, how: F.cross_entropy(o, target, weight, reduction=how, label_smoothing=smoothing)


case("cross-entropy", "cross-entropy", C, K, logits, hard, ce(hard))
case("cross-entropy, smoothed", "cross-entropy", C, K, logits, hard, ce(hard, 0.1), 0.1)
case("cross-entropy, weighted", "cross-entropy", C, K, logits, hard, ce(hard, 0, w), weights=W)
case("cross-entropy, weighted and smoothed", "cross-entropy", C, K, logits, hard, ce(hard, 0.2, w), 0.2, W)
case("cross-entropy, probabilities", "cross-entropy", C, K, logits, soft, ce(soft))
case("cross-entropy, probabilities, smoothed and weighted", "cross-entropy", C, K, logits, soft, ce(soft, 0.1, w), 0.1, W)
sequence = torch.randn(2, 4, K)
tokens = torch.tensor([[0, 2, 1, -1], [1, -100, -1, -1]])


def language(o, how):
    return F.cross_entropy(o.transpose(1, 2), tokens.clamp(min=-1), ignore_index=-1, reduction=how)


case("cross-entropy, sequences", "cross-entropy", L, K, sequence, tokens, language)


def bce(target, how, o, weight=None, positive=None):
    return F.binary_cross_entropy_with_logits(o, target, weight, pos_weight=positive, reduction=how)


labels = torch.tensor([[1.0, 0, 1], [0, 0, 0], [1, 1, 1], [0, 1, 0], [0, 0, 1]])
case("binary-cross-entropy, labels", "binary-cross-entropy", M, K, logits, labels, lambda o, how: bce(labels, how, o))
case("binary-cross-entropy, labels, weighted and smoothed", "binary-cross-entropy", M, K, logits, labels,
     lambda o, how: bce(labels * 0.9 + 0.05, how, o, positive=w), 0.1, W)
case("binary-cross-entropy, classes", "binary-cross-entropy", C, K, logits, hard, lambda o, how: bce(onehot, how, o))
one = torch.randn(N, 1)
yes = torch.tensor([0, 1, 1, 0, 1])
yes_one = yes.double().unsqueeze(1)
case("binary-cross-entropy, one output", "binary-cross-entropy", C, 2, one, yes, lambda o, how: bce(yes_one, how, o))
w2 = torch.tensor([1.0, 3.0])[yes].unsqueeze(1)
case("binary-cross-entropy, one output, weighted", "binary-cross-entropy", C, 2, one, yes,
     lambda o, how: reduced(bce(yes_one, "none", o, w2), how, w2), weights=[1.0, 3.0])

values = torch.randn(N, 2)
wanted = torch.randn(N, 2)
case("mse", "mse", R, 2, values, wanted, lambda o, how: F.mse_loss(o, wanted, reduction=how))
case("mse, classes", "mse", C, K, logits, hard, lambda o, how: F.mse_loss(o, onehot, reduction=how))
case("mse, classes, weighted", "mse", C, K, logits, hard,
     lambda o, how: (w[hard] * F.mse_loss(o, onehot, reduction="none").mean(1)).sum() / w[hard].sum() if how == "mean"
     else (w[hard].unsqueeze(1) * F.mse_loss(o, onehot, reduction="none")).sum(), weights=W)
case("mae", "mae", R, 2, values, wanted, lambda o, how: F.l1_loss(o, wanted, reduction=how))
case("huber", "huber", R, 2, values, wanted, lambda o, how: F.huber_loss(o, wanted, reduction=how, delta=0.7), delta=0.7)


def focal(target, gamma, weight=None, hard_classes=None):
    def loss(o, how):
        log = o.log_softmax(1)
        terms = -target * (1 - log.exp()) ** gamma * log
        losses = (terms if weight is None else terms * weight).sum(1)
        return reduced(losses, how, None if weight is None or hard_classes is None else weight[hard_classes])
    return loss


case("focal", "focal", C, K, logits, hard, focal(onehot, 2.0))
case("focal, weighted", "focal", C, K, logits, hard, focal(onehot, 1.5, w, hard), weights=W, gamma=1.5)
case("focal at γ = 0 is cross-entropy", "focal", C, K, logits, hard, ce(hard, 0.2, w), 0.2, W, gamma=0.0)
case("focal, probabilities", "focal", C, K, logits, soft, focal(soft, 2.0))


def sigmoid_focal(target, how, o, gamma=2.0):
    p = torch.sigmoid(o)
    p_t = p * target + (1 - p) * (1 - target)
    losses = F.binary_cross_entropy_with_logits(o, target, reduction="none") * (1 - p_t) ** gamma
    return losses.mean() if how == "mean" else losses.sum()


case("focal, labels", "focal", M, K, logits, labels, lambda o, how: sigmoid_focal(labels, how, o))
case("focal, one output", "focal", C, 2, one, yes, lambda o, how: sigmoid_focal(yes_one, how, o))

case("hinge", "hinge", C, K, logits, hard, lambda o, how: F.multi_margin_loss(o, hard, reduction=how))
# PyTorch's mean with weights divides by the batch, ours by the sum of the weights.
case("hinge, weighted", "hinge", C, K, logits, hard,
     lambda o, how: reduced(F.multi_margin_loss(o, hard, weight=w, reduction="none"), how, w[hard]), weights=W)
case("hinge, one output", "hinge", C, 2, one, yes,
     lambda o, how: reduced(torch.relu(1 - o * (2 * yes_one - 1)), how))

OUT.parent.mkdir(parents=True, exist_ok=True)
OUT.write_text("[\n" + ",\n".join(json.dumps(c, separators=(",", ":"), ensure_ascii=False) for c in cases) + "\n]\n")
print(len(cases), "cases,", OUT.stat().st_size, "bytes")
