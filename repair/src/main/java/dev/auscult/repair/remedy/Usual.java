package dev.auscult.repair.remedy;

import java.util.OptionalDouble;

import dev.auscult.data.Task;
import dev.auscult.run.Quantity;
import dev.auscult.run.Series;
import dev.auscult.run.Split;
import dev.auscult.train.spec.Spec;

/** What is usual, and what a patient's spec and recording say of its size. */
final class Usual {
    /** Largest global norm of the gradient that is usually let through (Pascanu et al. 2013, section 3.2). */
    static final double CLIP_NORM = 1;

    private static final int WARM_UP_STEPS = 100;
    private static final int LEAST_WARM_UP = 10;
    private static final int MOST_WARM_UP = 1000;

    /** Share of the steps that a warm-up takes; the tuning playbook allows a tenth at most. */
    private static final double WARM_UP_SHARE = 0.05;

    private Usual() {}

    /** The learning rate with which an optimizer usually works: the defaults of the papers and of Keras. */
    static double learningRate(Spec spec) {
        return switch (spec.optimizer().type()) {
            case "sgd" -> spec.optimizer().momentum() > 0 ? 0.01 : 0.05;
            case "adagrad" -> 0.01;
            case "lbfgs", "prodigy" -> 1;
            case "schedule-free-adamw" -> 0.0025;
            default -> 0.001;
        };
    }

    static boolean isRegression(Spec spec) {
        return spec.data().task() == Task.REGRESSION
                || (spec.data().task() == null
                        && java.util.List.of("mse", "mae", "huber")
                                .contains(spec.loss().type()));
    }

    /** Whether it predicts one class of several, as far as the spec says. */
    static boolean isClassification(Spec spec) {
        return spec.data().task() == Task.CLASSIFICATION;
    }

    static boolean isText(Patient patient) {
        return patient.spec().data().text() != null
                || patient.spec().data().task() == Task.LANGUAGE_MODEL
                || SpecLayers.of(patient).has("embedding");
    }

    /** Optimizer steps of an epoch, as the recording shows them. */
    static OptionalDouble stepsPerEpoch(Patient patient) {
        return patient.run().stream()
                .flatMap(r -> r.metrics(Split.TRAIN, Quantity.LOSS))
                .filter(s -> s.size() > 0 && s.hasEpochs() && s.epoch(s.size() - 1) > 0)
                .mapToDouble(Usual::stepsPerEpoch)
                .max();
    }

    private static double stepsPerEpoch(Series series) {
        return series.lastStep() / series.epoch(series.size() - 1);
    }

    /** Length of a warm-up in what the schedule counts. */
    static String warmUp(Patient patient) {
        int epochs = patient.spec().training().epochs();
        if (patient.spec().schedule().per().equals("epoch")) {
            return String.valueOf(Math.max(1, Math.round(epochs * WARM_UP_SHARE)));
        }
        OptionalDouble perEpoch = stepsPerEpoch(patient);
        if (perEpoch.isEmpty()) {
            return String.valueOf(WARM_UP_STEPS);
        }
        long steps = Math.round(perEpoch.getAsDouble() * epochs * WARM_UP_SHARE);
        return String.valueOf(Math.max(LEAST_WARM_UP, Math.min(MOST_WARM_UP, steps)));
    }
}
