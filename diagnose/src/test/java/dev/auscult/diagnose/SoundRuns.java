package dev.auscult.diagnose;

import java.util.SplittableRandom;

import dev.auscult.run.Direction;
import dev.auscult.run.Grain;
import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Split;

/**
 * Runs that are sound by construction and look odd: each shape is a course that a good training takes, with the noise that
 * belongs to it. All are seeded.
 */
final class SoundRuns {
    private final SplittableRandom random;
    private final RunBuilder run;

    private SoundRuns(Shape shape, long seed) {
        this.random = new SplittableRandom(seed * 31 + shape.name().hashCode());
        this.run = Run.builder(shape + " " + seed).format("generator");
    }

    /** A course that a good training takes. */
    enum Shape {
        COSINE_TO_ZERO,
        ONE_CYCLE,
        RESTARTS,
        STEP_SCHEDULE,
        DROPOUT,
        AUGMENTATION,
        NOISY_STEPS,
        SMALL_VALIDATION_SET,
        FULLY_CONVERGED,
        LABEL_SMOOTHING,
        LANGUAGE_MODEL,
        DETECTOR,
        FINE_TUNING,
        EARLY_NOISE,
        REWARD,
        FEW_POINTS,
        SPARSE_EVALUATION,
        ADVERSARIAL,
        ISOLATED_NAN,
        RUNNING_MEAN,
        REGRESSION
    }

    static Run of(Shape shape, long seed) {
        SoundRuns made = new SoundRuns(shape, seed);
        switch (shape) {
            case COSINE_TO_ZERO -> made.scheduled((t, w) -> (1 + Math.cos(Math.PI * t)) / 2);
            case ONE_CYCLE -> made.scheduled((t, w) -> t < 0.3 ? 0.04 + 0.96 * t / 0.3 : (1 - t) / 0.7 + 1e-4);
            case RESTARTS -> made.restarts();
            case STEP_SCHEDULE -> made.stepSchedule();
            case DROPOUT -> made.epochs(made.whole(15, 200), made.between(0.6, 0.9), made.between(0.005, 0.03), false);
            case AUGMENTATION -> made.epochs(made.whole(15, 200), made.between(0.7, 1), made.between(0.01, 0.04), true);
            case NOISY_STEPS -> made.noisySteps();
            case SMALL_VALIDATION_SET -> made.smallValidationSet();
            case FULLY_CONVERGED -> made.fullyConverged();
            case LABEL_SMOOTHING -> made.labelSmoothing();
            case LANGUAGE_MODEL -> made.languageModel();
            case DETECTOR -> made.detector();
            case FINE_TUNING -> made.fineTuning();
            case EARLY_NOISE -> made.earlyNoise();
            case REWARD -> made.reward();
            case FEW_POINTS -> made.epochs(made.whole(3, 12), made.between(1, 1.15), made.between(0, 0.02), false);
            case SPARSE_EVALUATION -> made.sparseEvaluation();
            case ADVERSARIAL -> made.adversarial();
            case ISOLATED_NAN -> made.isolatedNan();
            case RUNNING_MEAN -> made.runningMean();
            case REGRESSION -> made.regression();
        }
        return made.run.build();
    }

    /** A learning rate as a share of its peak, by the share of the run that is over. */
    private interface Rate {
        double at(double share, double width);
    }

    /** Training and held-out loss and accuracy come down together as an exponential with a long tail. */
    private void epochs(int n, double heldOut, double noise, boolean slow) {
        double start = between(0.7, 5);
        double floor = start * between(0.03, 0.5);
        double pace = n * (slow ? between(0.25, 0.4) : between(0.08, 0.25));
        double error = between(0.4, 0.9);
        for (int i = 0; i < n; i++) {
            double left = 0.8 * Math.exp(-i / pace) + 0.2 / (1 + i / pace);
            double loss = floor + (start - floor) * left;
            double wrong = error * (0.1 + 0.9 * left);
            row(i, loss * wobble(noise / 3), loss * heldOut * wobble(noise));
            scores(i, 1 - wrong, 1 - wrong * (0.4 + 0.6 * heldOut) + noise * 0.3 * random.nextGaussian());
        }
    }

    /** A schedule with its loss: progress goes with the rate, and a high rate lifts the floor. */
    private void scheduled(Rate rate) {
        int n = whole(20, 200);
        double peak = Math.exp(between(Math.log(1e-4), Math.log(0.3)));
        double start = between(0.7, 5);
        double floor = start * between(0.02, 0.4);
        double lift = between(0, 0.5);
        double noise = between(0.003, 0.03);
        double pace = 1 / between(0.05, 0.2);
        double gone = 0;
        for (int i = 0; i < n; i++) {
            double share = rate.at(i / (n - 1.0), n);
            double loss = floor * (1 + lift * share) + (start - floor) * Math.exp(-gone * pace);
            gone += share / n * 2;
            row(i, loss * wobble(noise / 2), loss * between(1.02, 1.04) * wobble(noise));
            scores(i, 1 - 0.7 * loss / start, 1 - 0.72 * loss / start + noise / 3 * random.nextGaussian());
            rate(i, peak * share);
        }
    }

    /** Warm restarts: the rate jumps back up at the end of each cycle, and the loss with it for a while. */
    private void restarts() {
        int cycle = whole(8, 25);
        int n = cycle * whole(3, 5);
        double start = between(1, 4);
        double floor = start * between(0.1, 0.4);
        double lift = between(0.1, 0.6);
        for (int i = 0; i < n; i++) {
            double share = (1 + Math.cos(Math.PI * (i % cycle) / cycle)) / 2;
            double loss = floor * (1 + lift * share) + (start - floor) * Math.exp(-4.0 * i / cycle);
            row(i, loss * wobble(0.01), loss * 1.05 * wobble(0.02));
            rate(i, 0.1 * share + 1e-5);
        }
    }

    /** The rate falls to a tenth at a half and at three quarters; each time the loss drops. */
    private void stepSchedule() {
        int n = whole(40, 200);
        double start = between(1, 5);
        double[] floors = {start * between(0.3, 0.5), start * between(0.15, 0.25), start * between(0.1, 0.14)};
        double loss = start;
        double heldOut = between(1.05, 1.3);
        double noise = between(0.01, 0.05);
        for (int i = 0; i < n; i++) {
            int stage = i < n / 2 ? 0 : i < 3 * n / 4 ? 1 : 2;
            double calm = Math.pow(0.4, stage);
            row(i, loss * wobble(noise * calm), loss * heldOut * wobble(2 * noise * calm));
            scores(i, 1 - 0.6 * loss / start, 1 - 0.65 * loss / start + 0.5 * noise * calm * random.nextGaussian());
            rate(i, 0.1 * Math.pow(0.1, stage));
            loss += (floors[stage] - loss) * (stage == 0 ? 10.0 / n : 0.5);
        }
    }

    /** Every step is logged, of tiny batches: the loss scatters by up to a half around its course. */
    private void noisySteps() {
        int n = whole(200, 3000);
        double sigma = between(0.1, 0.5);
        double start = between(0.7, 7);
        double floor = start * between(0.05, 0.5);
        double pace = n * between(0.03, 0.2);
        int epoch = n / whole(3, 12);
        for (int i = 0; i < n; i++) {
            double clean = floor + (start - floor) * Math.exp(-i / pace);
            add(Split.TRAIN, Quantity.LOSS, i, clean * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2));
            if (i % epoch == epoch - 1) {
                add(Split.VALIDATION, Quantity.LOSS, i, clean * 1.05 * wobble(0.02));
            }
        }
    }

    /** Accuracy of a few dozen to a few hundred examples scatters binomially, and its loss with it. */
    private void smallValidationSet() {
        int n = whole(10, 100);
        int examples = whole(50, 500);
        double pace = n * between(0.05, 0.2);
        double best = between(0.05, 0.25);
        for (int i = 0; i < n; i++) {
            double wrong = best + (0.6 - best) * Math.exp(-i / pace);
            double sd = Math.sqrt(wrong * (1 - wrong) / examples);
            double shift = sd * random.nextGaussian();
            double held = Math.round((wrong + shift) * examples) / (double) examples;
            row(i, 2 * wrong * wobble(0.01), 2.2 * Math.max(0.01, wrong + shift));
            scores(i, 1 - wrong, 1 - Math.max(0, held));
        }
    }

    /** The loss is all but zero; what is left of it flickers by its own size. */
    private void fullyConverged() {
        int n = whole(60, 400);
        double rate = between(8, 20) / n;
        for (int i = 0; i < n; i++) {
            double clean = 1e-6 + 2 * Math.exp(-2 * i * rate);
            row(i, clean * Math.exp(0.4 * random.nextGaussian()), clean * Math.exp(0.5 * random.nextGaussian()));
            scores(i, 1 - 0.9 * Math.min(1, clean), 1 - 0.9 * Math.min(1, clean));
        }
    }

    /** Label smoothing keeps the loss high while nearly all answers are right. */
    private void labelSmoothing() {
        int n = whole(20, 150);
        double smooth = 0.1;
        double classes = whole(10, 1000);
        double floor = -(1 - smooth) * Math.log(1 - smooth) - smooth * Math.log(smooth / (classes - 1));
        double pace = n * between(0.05, 0.2);
        for (int i = 0; i < n; i++) {
            double left = Math.exp(-i / pace);
            double loss = floor + 0.03 + Math.max(0.3, Math.log(classes) - floor) * left;
            row(i, loss * wobble(0.004), (loss + 0.05) * wobble(0.008));
            scores(i, 0.99 - 0.9 * left, 0.95 - 0.9 * left + 0.004 * random.nextGaussian());
        }
    }

    /** A language model: a power law from the logarithm of its vocabulary, one point per step. */
    private void languageModel() {
        int n = (int) Math.exp(between(Math.log(200), Math.log(4_000)));
        double power = between(0.1, 0.4);
        double warm = Math.max(5, 0.02 * n);
        double sigma = between(0.01, 0.06);
        for (int i = 0; i < n; i++) {
            double clean = 1.7 + 9 * Math.pow(1 + i / warm * 4, -power);
            add(Split.TRAIN, Quantity.LOSS, i, clean * wobble(sigma));
            rate(i, 3e-4 * Math.min(1, i / warm) * (0.55 + 0.45 * Math.cos(Math.PI * i / n)));
            if (i % Math.max(1, n / 20) == 0) {
                add(Split.VALIDATION, Quantity.LOSS, i, clean * 1.01 * wobble(0.004));
            }
        }
    }

    /** A detector: parts of the loss that fall at different paces, and scores that rise from zero. */
    private void detector() {
        int n = whole(20, 300);
        String[] parts = {"box", "cls", "dfl"};
        double noise = between(0.005, 0.03);
        for (int p = 0; p < 3; p++) {
            double start = between(1, 4);
            double floor = start * between(0.2, 0.5);
            double pace = n * between(0.05, 0.3);
            double gap = between(1, 1.2);
            for (int i = 0; i < n; i++) {
                double clean = floor + (start - floor) * Math.exp(-i / pace);
                part(Split.TRAIN, parts[p], i, clean * wobble(noise / 2));
                part(Split.VALIDATION, parts[p], i, clean * gap * wobble(noise));
            }
        }
        double top = between(0.3, 0.9);
        double pace = n * between(0.1, 0.3);
        for (int i = 0; i < n; i++) {
            double score = top * (1 - Math.exp(-(i + 0.5) / pace));
            add(Split.VALIDATION, Quantity.MAP, i, clip(score + 0.02 * top * random.nextGaussian()));
            add(Split.VALIDATION, Quantity.RECALL, i, clip(score * 1.05 + 0.03 * top * random.nextGaussian()));
        }
    }

    /** Fine-tuning starts near its floor: little is left to gain. */
    private void fineTuning() {
        int n = whole(4, 20);
        double start = between(0.2, 2);
        double floor = start * between(0.75, 0.95);
        double accuracy = between(0.8, 0.93);
        for (int i = 0; i < n; i++) {
            double left = Math.exp(-i / (n * 0.25));
            double loss = floor + (start - floor) * left;
            row(i, loss * 0.97 * wobble(0.005), loss * wobble(0.005));
            scores(
                    i,
                    accuracy + 0.05 * (1 - left),
                    accuracy - 0.01 + 0.05 * (1 - left) + 0.002 * random.nextGaussian());
        }
    }

    /** Batch norm statistics are not settled: the held-out loss of the first epochs jumps about. */
    private void earlyNoise() {
        int n = whole(20, 150);
        double start = between(1, 4);
        double floor = start * between(0.05, 0.3);
        double pace = n * between(0.08, 0.2);
        for (int i = 0; i < n; i++) {
            double left = Math.exp(-i / pace);
            double loss = floor + (start - floor) * left;
            row(i, loss * wobble(0.01), loss * 1.1 * Math.exp(0.5 * left * random.nextGaussian()) * wobble(0.015));
            scores(i, 1 - 0.8 * left - 0.05, clip(1 - 0.8 * left - 0.08 + 0.15 * left * random.nextGaussian()));
        }
    }

    /** Reinforcement learning: the reward rises with wide scatter; the losses mean little and have no course. */
    private void reward() {
        int n = whole(50, 500);
        double goal = between(50, 500);
        double pace = n * between(0.1, 0.3);
        for (int i = 0; i < n; i++) {
            double clean = goal * (1 - Math.exp(-i / pace));
            add(Split.TRAIN, Quantity.REWARD, i * 2048L, clean + 0.1 * goal * random.nextGaussian());
            other("train/entropy_loss", i * 2048L, -1.5 * Math.exp(-i / pace / 3) * wobble(0.02));
            other("train/value_loss", i * 2048L, goal * Math.exp(0.5 * random.nextGaussian()));
        }
    }

    /** A validation every few hundred steps only. */
    private void sparseEvaluation() {
        int n = whole(500, 3000);
        int every = n / whole(3, 10);
        double start = between(0.7, 5);
        double floor = start * between(0.1, 0.5);
        double pace = n * between(0.05, 0.25);
        for (int i = 1; i <= n; i++) {
            double clean = floor + (start - floor) * Math.exp(-i / pace);
            add(Split.TRAIN, Quantity.LOSS, i, clean * wobble(0.08));
            if (i % every == 0) {
                add(Split.VALIDATION, Quantity.LOSS, i, clean * 1.03 * wobble(0.005));
                add(Split.VALIDATION, Quantity.ACCURACY, i, clip(1 - 0.5 * clean / start));
            }
        }
    }

    /** Two networks against each other: their losses hover and have no good direction. */
    private void adversarial() {
        int n = whole(50, 1000);
        double swing = between(0.02, 0.3);
        for (int i = 0; i < n; i++) {
            other("generator", i, 1.2 + 0.5 * (1 - Math.exp(-5.0 * i / n)) * wobble(swing));
            other("discriminator", i, 0.6 * wobble(swing));
        }
    }

    /** One row in the middle was not a number; nothing came of it. */
    private void isolatedNan() {
        int n = whole(30, 200);
        int at = whole(3, n - 3);
        double pace = n * between(0.08, 0.2);
        for (int i = 0; i < n; i++) {
            double loss = 0.2 + 2 * Math.exp(-i / pace);
            double held = loss * 1.05 * wobble(0.01);
            row(i, loss * wobble(0.01), i == at ? Double.NaN : held);
        }
    }

    /** The training loss is the mean since the start of the epoch, one point per step. */
    private void runningMean() {
        int epochs = whole(5, 15);
        int perEpoch = whole(20, 80);
        double pace = epochs * between(0.1, 0.3);
        double noise = between(0.02, 0.2);
        for (int e = 0; e < epochs; e++) {
            double sum = 0;
            for (int k = 0; k < perEpoch; k++) {
                double t = e + k / (double) perEpoch;
                double clean = 0.3 + 2 * Math.exp(-t / pace);
                sum += clean * wobble(noise);
                run.series(MetricKey.of(Split.TRAIN, Quantity.LOSS, "train/loss"))
                        .add((long) e * perEpoch + k, t, Double.NaN, sum / (k + 1));
            }
            run.series(MetricKey.of(Split.VALIDATION, Quantity.LOSS, "val/loss"))
                    .add(
                            (e + 1L) * perEpoch - 1,
                            e + 1.0,
                            Double.NaN,
                            (0.32 + 2 * Math.exp(-(e + 1) / pace)) * wobble(0.01));
        }
    }

    /** A regression whose loss starts at the variance of a target of any unit. */
    private void regression() {
        int n = whole(10, 300);
        double variance = Math.exp(between(-8, 8));
        double unexplained = between(0.01, 0.4);
        double pace = n * between(0.05, 0.2);
        for (int i = 0; i < n; i++) {
            double loss = variance * (unexplained + (1 - unexplained) * Math.exp(-i / pace));
            row(i, loss * wobble(0.02), loss * 1.04 * wobble(0.03));
        }
    }

    private void row(int i, double train, double validation) {
        add(Split.TRAIN, Quantity.LOSS, i, train);
        add(Split.VALIDATION, Quantity.LOSS, i, validation);
    }

    private void scores(int i, double train, double validation) {
        add(Split.TRAIN, Quantity.ACCURACY, i, clip(train));
        add(Split.VALIDATION, Quantity.ACCURACY, i, clip(validation));
    }

    private void rate(int i, double value) {
        add(Split.NONE, Quantity.LEARNING_RATE, i, value);
    }

    private void add(Split split, Quantity quantity, long step, double value) {
        String name = split.label() + "/" + quantity.label();
        run.series(MetricKey.of(split, quantity, name)).add(step, Double.NaN, Double.NaN, value);
    }

    private void part(Split split, String part, long step, double value) {
        String name = split.label() + "/" + part + "_loss";
        run.series(new MetricKey(split, Quantity.LOSS, part, Grain.UNKNOWN, Direction.LOWER_IS_BETTER, name))
                .add(step, Double.NaN, Double.NaN, value);
    }

    private void other(String name, long step, double value) {
        run.series(MetricKey.of(Split.NONE, Quantity.OTHER, name)).add(step, Double.NaN, Double.NaN, value);
    }

    private double wobble(double relative) {
        return Math.max(0.05, 1 + relative * random.nextGaussian());
    }

    private double between(double low, double high) {
        return random.nextDouble(low, high);
    }

    private int whole(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    private static double clip(double share) {
        return Math.max(0, Math.min(1, share));
    }
}
