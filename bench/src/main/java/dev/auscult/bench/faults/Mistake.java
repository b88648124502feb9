package dev.auscult.bench.faults;

import static dev.auscult.diagnose.cause.Cause.BAD_INITIALIZATION;
import static dev.auscult.diagnose.cause.Cause.FROZEN_PARAMETERS;
import static dev.auscult.diagnose.cause.Cause.GRADIENTS_SIGN_FLIPPED;
import static dev.auscult.diagnose.cause.Cause.LEARNING_RATE_TOO_LOW;
import static dev.auscult.diagnose.cause.Cause.OPTIMIZER_MISSES_PARAMETERS;
import static dev.auscult.diagnose.cause.Cause.SCHEDULE_FAULT;
import static dev.auscult.diagnose.cause.Cause.TOO_FEW_EPOCHS;
import static dev.auscult.diagnose.cause.Cause.TOO_LITTLE_REGULARIZATION;
import static dev.auscult.diagnose.cause.Cause.TOO_MANY_EPOCHS;
import static dev.auscult.diagnose.cause.Cause.TOO_MUCH_CAPACITY;
import static dev.auscult.diagnose.cause.Cause.TOO_MUCH_REGULARIZATION;
import static dev.auscult.diagnose.cause.Cause.TRAIN_EVAL_MODE;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import dev.auscult.diagnose.cause.Cause;

/** A mistake in code for training that people publish, as a spec, data made by a formula, and a switch of the loop. */
enum Mistake {
    PERCEPTRON_FROM_ZERO(
            "a linear perceptron starts at zero and multiplies its update by its own output: its gradient is exactly zero",
            Bug.OUTPUT_IN_UPDATE,
            Set.of(BAD_INITIALIZATION, FROZEN_PARAMETERS, OPTIMIZER_MISSES_PARAMETERS)),
    EARLY_STOPPING_AT_ONCE(
            "early stopping asks whether the number of the epoch is above the loss, which it is from the second epoch on",
            Bug.STOPS_BY_EPOCH,
            Set.of(TOO_FEW_EPOCHS)),
    EARLY_STOPPING_NEVER(
            "early stopping asks whether the loss is above the number of epochs, which it never is",
            Bug.NEVER_STOPS,
            Set.of(TOO_MANY_EPOCHS, TOO_LITTLE_REGULARIZATION, TOO_MUCH_CAPACITY)),
    DECAY_AT_EVERY_STEP(
            "the learning rate is multiplied by 0.99 at each of 1,000 steps, and has lost 99 % of itself by step 459",
            Bug.DECAY_PER_STEP, Set.of(SCHEDULE_FAULT, LEARNING_RATE_TOO_LOW)),
    NEGATIVE_SCHEDULE(
            "a linear schedule goes on falling below zero, and training goes up the loss",
            Bug.SCHEDULE_NEGATIVE,
            Set.of(SCHEDULE_FAULT, GRADIENTS_SIGN_FLIPPED)),
    DOUBLED_PENALTY(
            "the gradient of the L2 penalty is counted twice, at ten times the strength that was meant",
            Bug.PENALTY_TWICE,
            Set.of(TOO_MUCH_REGULARIZATION)),
    UNSCALED_DROPOUT(
            "dropout scales neither in training nor in evaluation, so that evaluation sees sums of another size",
            Bug.DROPOUT_UNSCALED,
            Set.of(TRAIN_EVAL_MODE, TOO_MUCH_REGULARIZATION));

    private final String text;
    private final Bug bug;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of gives no set that could be changed.
    private final Set<Cause> causes;

    Mistake(String text, Bug bug, Set<Cause> causes) {
        this.text = text;
        this.bug = bug;
        this.causes = causes;
    }

    /** What is wrong, one sentence without a final stop. */
    String text() {
        return text;
    }

    Bug bug() {
        return bug;
    }

    /** Causes that are right answers. */
    Set<Cause> causes() {
        return causes;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The spec, which but for the mistake would do well. */
    String spec() {
        String name = "mistakes/" + label() + ".yaml";
        try (InputStream in = Objects.requireNonNull(Mistake.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Clouds of points around centres, the label the number of the centre; a share of the labels is drawn at random.
     *
     * @param classes how many centres
     * @param count rows
     * @param columns numbers of a point
     * @param noise share of the labels that are drawn at random
     * @param seed of all that is drawn
     */
    static Rows clouds(int classes, int count, int columns, double noise, long seed) {
        Random random = new Random(seed);
        double[][] centres = new double[classes][columns];
        for (double[] centre : centres) {
            for (int c = 0; c < columns; c++) {
                centre[c] = 1.2 * random.nextGaussian();
            }
        }
        List<String> header = new ArrayList<>();
        for (int c = 0; c < columns; c++) {
            header.add("x" + c);
        }
        header.add("label");
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int label = random.nextInt(classes);
            String[] row = new String[columns + 1];
            for (int c = 0; c < columns; c++) {
                row[c] = String.format(Locale.ROOT, "%.4f", centres[label][c] + random.nextGaussian());
            }
            row[columns] = String.valueOf(random.nextDouble() < noise ? random.nextInt(classes) : label);
            rows.add(row);
        }
        return new Rows(header, rows);
    }

    /** A smooth function of five numbers: y = 2 + sin(x0 + x1) + x2 x3 + x4 / 2. */
    private static Rows waves(int count, long seed) {
        Random random = new Random(seed);
        List<String[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] x = random.doubles(5, -1.5, 1.5).toArray();
            double y = 2 + Math.sin(x[0] + x[1]) + x[2] * x[3] + x[4] / 2;
            String[] row = new String[6];
            for (int c = 0; c < 5; c++) {
                row[c] = String.format(Locale.ROOT, "%.4f", x[c]);
            }
            row[5] = String.format(Locale.ROOT, "%.4f", y);
            rows.add(row);
        }
        return new Rows(List.of("x0", "x1", "x2", "x3", "x4", "label"), rows);
    }

    /** The rows that this mistake is shown on: the first three quarters to train on, the rest held out. */
    Rows rows() {
        return switch (this) {
            case PERCEPTRON_FROM_ZERO -> clouds(2, 400, 20, 0, 3);
            case EARLY_STOPPING_NEVER -> clouds(4, 300, 6, 0.3, 4);
            case UNSCALED_DROPOUT -> waves(1200, 6);
            default -> clouds(4, 1707, 6, 0, 5);
        };
    }
}
