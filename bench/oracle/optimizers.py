#!/usr/bin/env python3
"""Steps of optimizers, for the tests of dev.auscult.train.optimizer.

    python bench/oracle/optimizers.py > train/src/test/resources/oracle/optimizers.tsv

The problem: mean((tanh(X·W + b) − Y)²) in float64 with W [3, 2] and b [2]; the learning rate falls linearly to half.
Lines: X, Y and the start, then name, settings as key=value, loss before each step, weights at the end.
Needs torch 2.10, prodigyopt 1.1 and schedulefree 1.4.
"""
import torch
from prodigyopt import Prodigy
from schedulefree import AdamWScheduleFree

torch.manual_seed(3)
X = torch.round(torch.randn(12, 3, dtype=torch.float64), decimals=2)
Y = torch.round(torch.rand(12, 2, dtype=torch.float64) * 1.6 - 0.8, decimals=2)
START = torch.round(torch.randn(8, dtype=torch.float64) * 0.5, decimals=2)


def run(make, steps=20, dtype=torch.float64, before_step=None, finish=None, closure=False, fixed=False):
    x, y, start = X.to(dtype), Y.to(dtype), START.to(dtype)
    w = start[:6].reshape(3, 2).clone().requires_grad_()
    b = start[6:].clone().requires_grad_()
    optimizer = make(w, b)
    if hasattr(optimizer, "train"):
        optimizer.train()
    rates = [g["lr"] for g in optimizer.param_groups]
    losses = []

    def loss_and_gradient():
        optimizer.zero_grad()
        loss = ((torch.tanh(x @ w + b) - y) ** 2).mean()
        loss.backward()
        return loss

    for step in range(steps):
        if not fixed:
            for group, rate in zip(optimizer.param_groups, rates):
                group["lr"] = rate * (1 - step / (2 * steps))
        if closure:
            losses.append(float(optimizer.step(loss_and_gradient)))
        else:
            losses.append(float(loss_and_gradient()))
            if before_step:
                with torch.no_grad():
                    before_step(w, b, optimizer.param_groups[0]["lr"])
            optimizer.step()
    weights = lambda: torch.cat([w.detach().flatten(), b.detach()]).tolist()
    trained = weights()
    if hasattr(optimizer, "eval"):
        optimizer.eval()
        return losses, trained + weights()
    return losses, trained


def groups(kind, decay=0.0, bias_decay=0.0, bias_factor=1.0, **options):
    lr = options.pop("lr")
    return lambda w, b: kind(
        [dict(params=[w], weight_decay=decay, lr=lr), dict(params=[b], weight_decay=bias_decay, lr=lr * bias_factor)],
        lr=lr, **options)


def shrink(decay):
    def f(w, b, lr):
        w.mul_(1 - lr * decay)
    return f


O = torch.optim
CASES = [
    ("sgd", "lr=0.5", run(groups(O.SGD, lr=0.5))),
    ("sgd", "lr=0.2 momentum=0.9", run(groups(O.SGD, lr=0.2, momentum=0.9))),
    ("sgd", "lr=0.2 momentum=0.8 nesterov=true", run(groups(O.SGD, lr=0.2, momentum=0.8, nesterov=True))),
    ("sgd", "lr=0.2 momentum=0.9 weight-decay=0.05", run(groups(O.SGD, 0.05, lr=0.2, momentum=0.9))),
    ("sgd", "lr=0.2 momentum=0.9 weight-decay=0.05 decay-biases=true", run(groups(O.SGD, 0.05, 0.05, lr=0.2, momentum=0.9))),
    ("sgd", "lr=0.2 momentum=0.9 weight-decay=0.05 decay=decoupled", run(groups(O.SGD, lr=0.2, momentum=0.9), before_step=shrink(0.05))),
    ("sgd", "lr=0.2 momentum=0.9 bias-factor=0.1 bias-decay=0.3", run(groups(O.SGD, 0, 0.3, 0.1, lr=0.2, momentum=0.9))),
    ("adam", "lr=0.05", run(groups(O.Adam, lr=0.05))),
    ("adam", "lr=0.05 type=float32", run(groups(O.Adam, lr=0.05), dtype=torch.float32)),
    ("adam", "lr=0.05 beta1=0.8 beta2=0.95 epsilon=0.001 weight-decay=0.1", run(groups(O.Adam, 0.1, lr=0.05, betas=(0.8, 0.95), eps=1e-3))),
    ("adam", "lr=0.05 weight-decay=0.1 decay=decoupled bias-factor=3", run(groups(O.AdamW, 0.1, 0, 3, lr=0.05))),
    ("adamw", "lr=0.05 weight-decay=0.1 decay=decoupled", run(groups(O.AdamW, 0.1, lr=0.05))),
    ("adamw", "lr=0.05 weight-decay=0.1 decay=decoupled type=float32", run(groups(O.AdamW, 0.1, lr=0.05), dtype=torch.float32)),
    ("rmsprop", "lr=0.02 beta2=0.99", run(groups(O.RMSprop, lr=0.02, alpha=0.99))),
    ("rmsprop", "lr=0.02 beta2=0.9 momentum=0.7 weight-decay=0.1", run(groups(O.RMSprop, 0.1, lr=0.02, alpha=0.9, momentum=0.7))),
    ("adagrad", "lr=0.2 epsilon=1e-10", run(groups(O.Adagrad, lr=0.2))),
    ("adagrad", "lr=0.2 epsilon=1e-10 weight-decay=0.1", run(groups(O.Adagrad, 0.1, lr=0.2))),
    ("lbfgs", "lr=1 history=5 iterations=4 steps=6", run(lambda w, b: O.LBFGS([w, b], lr=1, max_iter=4, history_size=5, line_search_fn="strong_wolfe"), steps=6, closure=True, fixed=True)),
    ("lbfgs", "lr=0.1 history=3 iterations=10 steps=4", run(lambda w, b: O.LBFGS([w, b], lr=0.1, max_iter=10, history_size=3, line_search_fn="strong_wolfe"), steps=4, closure=True, fixed=True)),
    ("lbfgs", "lr=30 history=10 iterations=8 steps=5", run(lambda w, b: O.LBFGS([w, b], lr=30, max_iter=8, history_size=10, line_search_fn="strong_wolfe"), steps=5, closure=True, fixed=True)),
    ("prodigy", "lr=1 steps=40", run(groups(Prodigy, lr=1.0), steps=40, fixed=True)),
    ("prodigy", "lr=1 steps=40 weight-decay=0.1", run(groups(Prodigy, 0.1, lr=1.0, decouple=False), steps=40, fixed=True)),
    ("prodigy", "lr=1 steps=40 weight-decay=0.1 decay=decoupled", run(groups(Prodigy, 0.1, lr=1.0, decouple=True), steps=40, fixed=True)),
    ("schedule-free-adamw", "lr=0.05", run(groups(AdamWScheduleFree, lr=0.05, foreach=False))),
    ("schedule-free-adamw", "lr=0.05 weight-decay=0.1 decay=decoupled beta1=0.95", run(groups(AdamWScheduleFree, 0.1, lr=0.05, betas=(0.95, 0.999), foreach=False), fixed=True)),
]

if __name__ == "__main__":
    show = lambda numbers: " ".join(repr(float(n)) for n in numbers)
    print("X", show(X.flatten()), sep="\t")
    print("Y", show(Y.flatten()), sep="\t")
    print("start", show(START), sep="\t")
    for name, settings, (losses, weights) in CASES:
        fixed = " fixed=true" if name in ("lbfgs", "prodigy") or "0.95" in settings and "free" in name else ""
        print(name, settings + fixed, show(losses), show(weights), sep="\t")
