package dev.auscult.diagnose;

import java.util.SplittableRandom;

import dev.auscult.run.MetricKey;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Setting;
import dev.auscult.run.Split;

/** Runs that are sick by construction: a sound descent of any length and noise with one illness of a known size. */
final class SickRuns {
    private final SplittableRandom random;
    private final RunBuilder run;
    private final int n;
    private final double noise;
    private final double start;
    private final double floor;
    private final double pace;

    private SickRuns(String id, long seed, int fewest) {
        this.random = new SplittableRandom(seed * 7919 + id.hashCode());
        this.run = Run.builder(id + " " + seed).format("generator");
        this.n = (int) Math.round(Math.exp(random.nextDouble(Math.log(fewest), Math.log(300))));
        this.noise = random.nextDouble(0.01, 0.05);
        this.start = random.nextDouble(0.7, 5);
        this.floor = start * random.nextDouble(0.1, 0.3);
        this.pace = n * random.nextDouble(0.08, 0.2);
    }

    /** The held-out loss rises by this share after its lowest point, the training loss goes on falling. */
    static Run overfitted(double rise, long seed) {
        SickRuns made = new SickRuns("overfitted " + rise, seed, 15);
        double turn = made.random.nextDouble(0.25, 0.5) * made.n;
        for (int i = 0; i < made.n; i++) {
            double beyond = Math.max(0, (i - turn) / (made.n - 1 - turn));
            double train = made.sound(i) * (1 - 0.6 * i / made.n);
            made.row(i, train, made.sound(Math.min(i, turn)) * 1.05 * (1 + rise * beyond));
        }
        return made.run.build();
    }

    /** The training loss leaves its descent and ends at this many times its lowest level, with the held-out loss. */
    static Run diverged(double ratio, long seed) {
        SickRuns made = new SickRuns("diverged " + ratio, seed, 15);
        double turn = made.random.nextDouble(0.4, 0.7) * made.n;
        for (int i = 0; i < made.n; i++) {
            double beyond = Math.min(1, Math.max(0, 2 * (i - turn) / (made.n - 1 - turn)));
            double loss = made.sound(Math.min(i, turn)) * Math.pow(ratio, beyond);
            made.row(i, loss, loss * 1.05);
        }
        return made.run.build();
    }

    /** The loss stays at the logarithm of the number of classes, the accuracy at chance. */
    static Run stuck(int classes, long seed) {
        SickRuns made = new SickRuns("stuck " + classes, seed, 12);
        made.run.settings().put(Setting.CLASSES, Integer.toString(classes));
        for (int i = 0; i < made.n; i++) {
            double loss = Math.log(classes) * (1 + 0.003 * made.random.nextGaussian());
            made.add(Split.TRAIN, Quantity.LOSS, i, loss);
            made.add(Split.VALIDATION, Quantity.LOSS, i, Math.log(classes) * (1 + 0.003 * made.random.nextGaussian()));
            double chance = (1 + 0.03 * made.random.nextGaussian()) / classes;
            made.add(Split.VALIDATION, Quantity.ACCURACY, i, chance);
        }
        return made.run.build();
    }

    /** The held-out loss jumps up and down by this share of itself to the end. */
    static Run oscillating(double size, long seed) {
        SickRuns made = new SickRuns("oscillating " + size, seed, 16);
        for (int i = 0; i < made.n; i++) {
            double loss = made.floor * 2 * (1 + 0.3 * Math.exp(-i / made.pace));
            double swing = Math.pow(1 + size, made.random.nextDouble(0.8, 1.2) * (i % 2 == 0 ? 0.5 : -0.5));
            made.row(i, loss, loss * swing);
        }
        return made.run.build();
    }

    /** The training loss jumps to this many times its level in the middle and stays there. */
    static Run spiked(double height, long seed) {
        SickRuns made = new SickRuns("spiked " + height, seed, 30);
        int at = (int) (made.random.nextDouble(0.5, 0.7) * made.n);
        for (int i = 0; i < made.n; i++) {
            double loss = i < at ? made.sound(i) : made.sound(at) * height;
            made.row(i, loss, made.sound(i));
        }
        return made.run.build();
    }

    /** The learning rate is cut a hundredfold after a share of the run, and the loss, half-way down, stands still. */
    static Run cutEarly(double share, long seed) {
        SickRuns made = new SickRuns("cut early " + share, seed, 60);
        double at = share * made.n;
        for (int i = 0; i < made.n; i++) {
            double loss = made.start * (1 - 0.6 * Math.min(i, at) / at * 0.9);
            made.row(i, loss, loss * 1.03);
            made.add(Split.NONE, Quantity.LEARNING_RATE, i, i < at ? 0.1 : 0.001);
        }
        return made.run.build();
    }

    /** The training loss drops by this share at each border between epochs and is flat in between. */
    static Run staircase(double drop, long seed) {
        SickRuns made = new SickRuns("staircase " + drop, seed, 12);
        int epochs = 4 + (int) (seed % 4);
        int perEpoch = 20 + made.n / 3;
        for (int i = 0; i < epochs * perEpoch; i++) {
            int epoch = i / perEpoch;
            double loss = made.start * Math.pow(1 - drop, epoch);
            made.run
                    .series(MetricKey.of(Split.TRAIN, Quantity.LOSS, "train/loss"))
                    .add(i, i / (double) perEpoch, Double.NaN, loss * made.wobble());
        }
        return made.run.build();
    }

    /** The training loss is not a number from a share of the run on. */
    static Run notFinite(double share, long seed) {
        SickRuns made = new SickRuns("not finite " + share, seed, 12);
        for (int i = 0; i < made.n; i++) {
            made.add(Split.TRAIN, Quantity.LOSS, i, i >= share * made.n ? Double.NaN : made.sound(i) * made.wobble());
        }
        return made.run.build();
    }

    private double sound(double i) {
        return floor + (start - floor) * Math.exp(-i / pace);
    }

    private void row(int i, double train, double heldOut) {
        add(Split.TRAIN, Quantity.LOSS, i, train * wobble());
        add(Split.VALIDATION, Quantity.LOSS, i, heldOut * wobble());
    }

    private double wobble() {
        return 1 + noise * random.nextGaussian();
    }

    private void add(Split split, Quantity quantity, long step, double value) {
        String name = split.label() + "/" + quantity.label();
        run.series(MetricKey.of(split, quantity, name)).add(step, (double) step, Double.NaN, value);
    }
}
