package dev.auscult.diagnose;

import java.util.SplittableRandom;

import dev.auscult.run.MetricKey;
import dev.auscult.run.MetricVocabulary;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.RunBuilder;
import dev.auscult.run.Series;
import dev.auscult.run.SeriesBuilder;
import dev.auscult.run.Split;
import dev.auscult.run.TensorSeries;

/** Changes a run in ways that must not change what the doctor says of it. */
final class Transform {
    private Transform() {}

    /** Where a point goes, and what becomes of its value. */
    private interface PointMap {
        void copy(Series from, SeriesBuilder to);
    }

    /** The counter runs k times as fast (a step became k batches). */
    static Run timesSteps(Run run, long k) {
        Run scaled = map(run, (from, to) -> {
            for (int i = 0; i < from.size(); i++) {
                to.add(from.step(i) * k, from.epoch(i), from.wallTime(i), from.value(i));
            }
        });
        return withTensors(scaled, run, k);
    }

    /** Every second point is gone; the first and the last stay. */
    static Run halfThePoints(Run run) {
        return map(run, (from, to) -> {
            for (int i = 0; i < from.size(); i++) {
                if ((from.size() - 1 - i) % 2 == 0 || i == 0) {
                    to.add(from.step(i), from.epoch(i), from.wallTime(i), from.value(i));
                }
            }
        });
    }

    /** The clock was elsewhere. */
    static Run laterBy(Run run, double seconds) {
        return map(run, (from, to) -> {
            for (int i = 0; i < from.size(); i++) {
                to.add(from.step(i), from.epoch(i), from.wallTime(i) + seconds, from.value(i));
            }
        });
    }

    /**
     * Measured with a little more noise, relative to the value; of a share 0..1, whose right and wrong answers count alike,
     * relative to the smaller of it and its rest; settings such as learning rates are exact.
     */
    static Run noisier(Run run, double relative, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return map(run, (from, to) -> {
            boolean measured = from.key().quantity() != Quantity.LEARNING_RATE;
            for (int i = 0; i < from.size(); i++) {
                double value = from.value(i);
                boolean share = from.key().quantity().isScore() && value >= 0 && value <= 1;
                double size = measured ? relative * (share ? Math.min(value, 1 - value) : Math.abs(value)) : 0;
                to.add(from.step(i), from.epoch(i), from.wallTime(i), value + size * random.nextGaussian());
            }
        });
    }

    /**
     * A quarter more points on the level where a run ends, with its own noise: the residuals of the last third around its
     * median come again. Counters, clock and epochs go on at the pace of the last third; settings keep their last value.
     */
    static Run longerByAQuarter(Run run) {
        return map(run, (from, to) -> {
            int n = from.size();
            for (int i = 0; i < n; i++) {
                to.add(from.step(i), from.epoch(i), from.wallTime(i), from.value(i));
            }
            int third = Math.max(1, n / 3);
            for (int k = 0; n > 1 && k < n / 4; k++) {
                int like = n - third + k % third;
                int before = n - 1 - third;
                double ahead = (k + 1) / (double) third;
                long step = from.step(n - 1) + Math.round(ahead * (from.step(n - 1) - from.step(before)));
                double epoch = from.epoch(n - 1) + ahead * (from.epoch(n - 1) - from.epoch(before));
                double time = from.wallTime(n - 1) + ahead * (from.wallTime(n - 1) - from.wallTime(before));
                boolean setting = from.key().quantity() == Quantity.LEARNING_RATE;
                to.add(step, epoch, time, from.value(setting ? n - 1 : like));
            }
        });
    }

    /** Metrics go by other names that mean the same: losses, scores, learning rate, gradient norm, parts of detectors. */
    static Run renamed(Run run) {
        RunBuilder builder = copyOfFrame(run);
        for (Series from : run.metrics()) {
            MetricKey key = from.key();
            MetricKey other = MetricVocabulary.resolve(otherName(key));
            // A name that says more or less than the old one is no synonym.
            SeriesBuilder to = builder.series(other.sameMeasure(key) ? other : key);
            for (int i = 0; i < from.size(); i++) {
                to.add(from.step(i), from.epoch(i), from.wallTime(i), from.value(i));
            }
        }
        return withTensors(builder.build(), run, 1);
    }

    /** Another name for the same measure; the same name where this test knows no other. */
    static String otherName(MetricKey key) {
        boolean heldOut = key.split() == Split.VALIDATION;
        String split = heldOut ? "eval" : key.split() == Split.TRAIN ? "training" : "";
        String noun = switch (key.quantity()) {
            case LOSS -> key.isWhole() ? "Loss" : key.part() + "_loss";
            case ACCURACY -> key.isWhole() ? "acc" : "";
            case PRECISION, RECALL, F1, AUC -> key.isWhole() ? key.quantity().label() : "";
            case PERPLEXITY -> "ppl";
            case ERROR_RATE -> key.part().equals("wer") ? "wer" : "";
            case LEARNING_RATE -> "lr";
            case GRADIENT_NORM -> key.isWhole() ? "gradient_norm" : "";
            default -> "";
        };
        return noun.isEmpty() ? key.name() : split.isEmpty() ? noun : split + "/" + noun;
    }

    private static Run map(Run run, PointMap points) {
        RunBuilder builder = copyOfFrame(run);
        for (Series from : run.metrics()) {
            points.copy(from, builder.series(from.key()));
        }
        return withTensors(builder.build(), run, 1);
    }

    private static RunBuilder copyOfFrame(Run run) {
        RunBuilder builder = Run.builder(run.id()).format(run.provenance().format());
        builder.settings().putAll(run.settings());
        run.events().forEach(e -> builder.event(e.kind(), e.step(), e.detail()));
        run.graph().ifPresent(builder::graph);
        run.data().ifPresent(builder::data);
        run.probes().forEach(builder::probe);
        return builder;
    }

    private static Run withTensors(Run metrics, Run tensors, long k) {
        RunBuilder builder = copyOfFrame(metrics);
        for (Series from : metrics.metrics()) {
            for (int i = 0; i < from.size(); i++) {
                builder.series(from.key()).add(from.step(i), from.epoch(i), from.wallTime(i), from.value(i));
            }
        }
        for (TensorSeries from : tensors.tensors()) {
            for (int i = 0; i < from.size(); i++) {
                builder.tensor(from.key()).add(from.step(i) * k, from.wallTime(i), from.summary(i));
            }
        }
        return builder.build();
    }
}
