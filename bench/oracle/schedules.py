#!/usr/bin/env python3
"""Learning rates of schedules, for the tests of dev.auscult.train.schedule.

    python bench/oracle/schedules.py > train/src/test/resources/oracle/schedules.tsv

Each line: name, settings as key=value joined by spaces, learning rates of 60 steps (4 epochs of 15 steps).
Where PyTorch has the schedule its numbers are taken, else the formula is evaluated here. Needs torch 2.10.
"""
import math

import torch
from torch.optim import lr_scheduler as S

STEPS, PER_EPOCH, BASE = 60, 15, 0.1


def torch_rates(make, base=BASE, per_epoch=False, steps=STEPS):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=base)
    scheduler = make(optimizer)
    rates = []
    for step in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if not per_epoch or (step + 1) % PER_EPOCH == 0:
            scheduler.step()
    return rates


def warmed(optimizer, warm, from_, proper, exponential=False):
    first = (
        S.LambdaLR(optimizer, lambda n: from_ ** (1 - min(n, warm) / warm))
        if exponential
        else S.LinearLR(optimizer, from_, 1.0, warm)
    )
    return S.SequentialLR(optimizer, [first, proper(optimizer)], [warm])


def formula(f):
    return [f(t) for t in range(STEPS)]


def damped(t, T=60, beta=2, floor=0.01):
    return max(floor * BASE, BASE * (1 - t / T) ** beta * math.cos(2 * math.pi * t / T))


def stable_decay(t, warm, total, share, floor):
    if t < warm:
        return BASE * t / warm
    rest, decay = total - t, share * (total - warm)
    return BASE if rest >= decay else BASE * (floor + (1 - floor) * rest / decay)


CASES = [
    ("constant", "", torch_rates(lambda o: S.ConstantLR(o, 1.0))),
    ("linear", "", torch_rates(lambda o: S.LinearLR(o, 1.0, 1e-300, 60))),
    ("linear", "floor=0.25 length=40", torch_rates(lambda o: S.LinearLR(o, 1.0, 0.25, 40))),
    ("linear", "per=epoch", torch_rates(lambda o: S.PolynomialLR(o, 4, 1.0), per_epoch=True)),
    ("polynomial", "power=2", torch_rates(lambda o: S.PolynomialLR(o, 60, 2.0))),
    ("polynomial", "power=0.5 length=30", torch_rates(lambda o: S.PolynomialLR(o, 30, 0.5))),
    ("exponential", "factor=0.05", torch_rates(lambda o: S.ExponentialLR(o, 0.95))),
    ("exponential", "factor=0.5 per=epoch", torch_rates(lambda o: S.ExponentialLR(o, 0.5), per_epoch=True)),
    ("step", "factor=0.3 every=20", torch_rates(lambda o: S.StepLR(o, 20, 0.3))),
    ("step", "factor=0.1 every=2 per=epoch", torch_rates(lambda o: S.StepLR(o, 2, 0.1), per_epoch=True)),
    ("multi-step", "factor=0.2 milestones=10,35,50", torch_rates(lambda o: S.MultiStepLR(o, [10, 35, 50], 0.2))),
    ("multi-step", "factor=0.5 milestones=1,3 per=epoch", torch_rates(lambda o: S.MultiStepLR(o, [1, 3], 0.5), per_epoch=True)),
    ("inverse-square-root", "length=12", torch_rates(lambda o: S.LambdaLR(o, lambda n: 1 / math.sqrt((n + 12) / 12)))),
    ("inverse-square-root", "warm-up=10", torch_rates(lambda o: S.LambdaLR(o, lambda n: n / 10 if n < 10 else 1 / math.sqrt(n / 10)))),
    ("cosine", "", torch_rates(lambda o: S.CosineAnnealingLR(o, 60))),
    ("cosine", "floor=0.1", torch_rates(lambda o: S.CosineAnnealingLR(o, 60, 0.01))),
    ("cosine", "per=epoch", torch_rates(lambda o: S.CosineAnnealingLR(o, 4), per_epoch=True)),
    ("cosine", "warm-up=10 warm-up-from=0.1", torch_rates(lambda o: warmed(o, 10, 0.1, lambda p: S.CosineAnnealingLR(p, 50)))),
    ("cosine", "warm-up=8 warm-up-from=0.01 warm-up-type=exponential", torch_rates(lambda o: warmed(o, 8, 0.01, lambda p: S.CosineAnnealingLR(p, 52), True))),
    ("cosine-restarts", "length=20 factor=1", torch_rates(lambda o: S.CosineAnnealingWarmRestarts(o, 20))),
    ("cosine-restarts", "length=8 factor=2 floor=0.05", torch_rates(lambda o: S.CosineAnnealingWarmRestarts(o, 8, 2, 0.005))),
    ("cosine-restarts", "length=4 factor=3", torch_rates(lambda o: S.CosineAnnealingWarmRestarts(o, 4, 3))),
    ("triangular", "length=10 peak=5", torch_rates(lambda o: S.CyclicLR(o, BASE, 5 * BASE, 10, mode="triangular"))),
    ("triangular2", "length=10 peak=5", torch_rates(lambda o: S.CyclicLR(o, BASE, 5 * BASE, 10, mode="triangular2"))),
    ("exp-range", "length=10 peak=5 factor=0.97", torch_rates(lambda o: S.CyclicLR(o, BASE, 5 * BASE, 10, mode="exp_range", gamma=0.97))),
    ("damped-cosine", "power=2 floor=0.01", formula(damped)),
    ("one-cycle", "peak=25 share=0.3 floor=0.0001", torch_rates(lambda o: S.OneCycleLR(o, 25 * BASE, total_steps=61 - 1), steps=60)),
    ("one-cycle", "peak=10 share=0.25 floor=0.01", torch_rates(lambda o: S.OneCycleLR(o, 10 * BASE, total_steps=60, pct_start=0.25, div_factor=10, final_div_factor=100), steps=60)),
    ("warm-up-stable-decay", "share=0.2 warm-up=10 floor=0.1", formula(lambda t: stable_decay(t, 10, 60, 0.2, 0.1))),
]


def plateau(losses, **options):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=BASE)
    scheduler = S.ReduceLROnPlateau(optimizer, **options)
    rates = []
    for loss in losses:
        scheduler.step(loss)
        rates.append(optimizer.param_groups[0]["lr"])
    return rates


LOSSES = [1.0, 0.9, 0.95, 0.9, 0.89995, 0.91, 0.88, 0.88, 0.89, 0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96,
          0.97, 0.5, 0.51, 0.52, 0.53, 0.54, 0.55, 0.56, 0.57, 0.58, 0.59, 0.6, 0.61, 0.62]
PLATEAUS = [
    ("factor=0.1 patience=2 threshold=0.0001 cooldown=0 floor=0", dict(factor=0.1, patience=2)),
    ("factor=0.5 patience=3 threshold=0.01 cooldown=2 floor=0", dict(factor=0.5, patience=3, threshold=0.01, cooldown=2)),
    ("factor=0.3 patience=0 threshold=0.0001 cooldown=1 floor=0.05", dict(factor=0.3, patience=0, cooldown=1, min_lr=0.005)),
]

if __name__ == "__main__":
    import warnings

    warnings.simplefilter("ignore")
    for name, settings, rates in CASES:
        print(name, settings, " ".join(repr(float(r)) for r in rates), sep="\t")
    print("losses", "", " ".join(map(repr, LOSSES)), sep="\t")
    for settings, options in PLATEAUS:
        print("plateau", settings, " ".join(repr(float(r)) for r in plateau(LOSSES, **options)), sep="\t")
