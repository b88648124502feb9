package dev.auscult.diagnose.cause;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.LateGain;
import dev.auscult.diagnose.measure.Paired;
import dev.auscult.diagnose.measure.Task;
import dev.auscult.run.Grain;
import dev.auscult.run.ModelGraph;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Setting;
import dev.auscult.run.Split;

/** What the curves alone show: how far the loss came down, how it moves at the end, how held-out data compare. */
final class CurveSymptoms {
    private CurveSymptoms() {}

    static void gather(Examination examination, Symptoms.Gathering to) {
        Optional<Curve> train = examination.finestTrainLoss().or(examination::trainLoss);
        train.ifPresent(curve -> train(examination, curve, to));
        Optional<Curve> held = examination.validationLoss();
        if (train.isPresent() && held.isPresent()) {
            beside(examination, train.get(), held.get(), to);
        }
        held.ifPresent(curve -> held(examination, curve, to));
        examination.validationScore().ifPresent(score -> score(examination, score, to));
        examination.learningRate().ifPresent(rate -> rate(rate, to));
        examination.run().metrics().stream()
                .filter(series -> series.key().part().equals("r2"))
                .filter(series ->
                        series.key().split() == Split.VALIDATION || series.key().split() == Split.TEST)
                .findFirst()
                .map(Curve::of)
                .filter(curve -> !curve.isEmpty())
                .ifPresent(explained -> explained(examination, explained, to));
    }

    private static void train(Examination examination, Curve loss, Symptoms.Gathering to) {
        to.put("train-loss-non-finite", loss.nonFinite() > 0);
        if (loss.size() < 4) {
            return;
        }
        double start = loss.startLevel();
        double end = loss.endLevel();
        double left = end / start;
        to.above("train-loss-left", left, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.05, 2, 10);
        to.above("train-loss-first-to-lowest", loss.min() / loss.first(), 0.1, 0.5, 0.9);
        to.above("train-loss-end-to-lowest", end / Math.max(loss.min(), 1e-12), 1.1, 1.5, 3, 20);
        to.above("train-loss-noise", loss.noise() / Math.max(Math.abs(end), 1e-12), 0.03, 0.1, 0.3, 1);
        double[] levels = loss.blockMedians(10);
        int n = levels.length;
        if (n >= 4) {
            double gained = levels[0] - levels[n - 1];
            double half = levels[0] - levels[n / 2];
            double early = levels[0] - levels[Math.max(1, n / 5)];
            if (gained > 0.02 * Math.abs(levels[0])) {
                to.above("gain-in-first-half", half / gained, 0.5, 0.8, 0.95, 0.99);
                to.above("gain-in-first-fifth", early / gained, 0.3, 0.7, 0.9);
            }
            LateGain late = LateGain.of(loss);
            to.above("late-fall", late.relative(), 0.02, 0.1, 0.3);
        }
        if (loss.key().grain() != Grain.EPOCH) {
            // A log by epochs counts these as its steps.
            to.above("points-of-step", (double) loss.lastStep(), 10, 20, 60, 150);
        }
        OptionalDouble guess = Task.costOfGuessing(examination.run());
        if (guess.isPresent()) {
            to.above("loss-start-to-guess", loss.first() / guess.getAsDouble(), 0.5, 0.9, 1.15, 1.6, 4);
            to.above("loss-end-to-guess", end / guess.getAsDouble(), 0.1, 0.3, 0.6, 0.9, 0.98, 1.05, 2);
        } else {
            to.above("loss-start", loss.first(), 0.5, 1.6, 4, 100);
        }
    }

    private static void beside(Examination examination, Curve train, Curve held, Symptoms.Gathering to) {
        if (held.isEmpty() || train.isEmpty()) {
            return;
        }
        if (train.size() >= 4) {
            to.above(
                    "held-to-train-first", held.endLevel() / Math.max(train.first(), 1e-9), 0.3, 0.7, 0.95, 1.1, 2, 10);
            boolean learned = train.endLevel() < 0.7 * train.first();
            to.put("learned-not-held", learned && held.endLevel() > 0.95 * train.first());
        }
        if (held.size() >= 3 && train.size() >= 3) {
            Paired paired = Paired.of(train, held);
            to.above("held-with-train", together(paired), -0.5, 0, 0.5);
            boolean helped = held.endLevel() < 0.85 * train.endLevel();
            boolean hindered = isHindered(examination);
            to.put("held-below-train", helped && !hindered);
        }
        examination.validationScore().ifPresent(score -> beside(examination, train, held, score, to));
        double trainEnd = train.endLevel();
        double heldEnd = held.endLevel();
        to.above("held-to-train", heldEnd / Math.max(trainEnd, 1e-9), 0.3, 0.6, 0.85, 1.1, 1.5, 2.5, 6, 30);
        double trainEarly = train.head(Math.max(0.1, 1.0 / held.size())).endLevel();
        overfits(train, held, to);
        to.above("held-to-train-early", held.first() / Math.max(trainEarly, 1e-9), 0.5, 0.85, 1.2, 2, 6);
    }

    /**
     * Whether held-out loss starts beside training loss, falls, and then rises while training loss goes on falling: what
     * overfitting is. A wrong evaluation is wrong from the first, and never falls.
     */
    private static void overfits(Curve train, Curve held, Symptoms.Gathering to) {
        if (held.size() < 5 || train.size() < 5 || !(held.min() > 0)) {
            return;
        }
        double rise = held.endLevel() / held.min();
        double trainThen = train.head((held.argMin() + 1.0) / held.size()).endLevel();
        double trainFirst = train.head(1.0 / held.size()).endLevel();
        boolean apart = held.first() < 1.3 * trainFirst
                && held.min() < 0.95 * held.first()
                && train.endLevel() < 0.8 * trainThen;
        to.put("overfits", apart && rise > 1.15);
        to.put("overfits!", apart && rise > 1.5);
    }

    /**
     * Losses beside that of the most uncertain prediction that is right as often: {@code −a ln a − (1 − a) ln((1 − a)/(C − 1))}
     * for a share a of right answers among C classes (the entropy that Fano's inequality allows, Cover and Thomas 2006, eq.
     * 2.130). For numbers to predict, beside the share of variance that is not explained.
     */
    private static void beside(Examination examination, Curve train, Curve held, Curve score, Symptoms.Gathering to) {
        double a = score.endLevel();
        if (Task.isRegression(examination.run())) {
            return;
        }
        if (score.key().quantity() == Quantity.ACCURACY && a >= 0 && a <= 1) {
            double right = Math.min(0.995, Math.max(0.005, a));
            int classes = Math.max(2, Task.classes(examination.run()).orElse(2));
            double allowed = -right * Math.log(right) - (1 - right) * Math.log((1 - right) / (classes - 1));
            to.above("held-for-score", held.endLevel() / allowed, 0.5, 0.8, 1.1, 1.6, 2.5, 6);
            to.above("train-for-score", train.endLevel() / allowed, 0.1, 0.3, 0.6, 0.9, 1.2, 1.7, 3);
        }
    }

    /** Correlation of the changes of rank: Spearman's coefficient of the two losses over time. */
    private static double together(Paired paired) {
        double[] a = ranks(paired.train().values());
        double[] b = ranks(paired.heldOut().values());
        int n = Math.min(a.length, b.length);
        double mean = (n - 1) / 2.0;
        double both = 0;
        double one = 0;
        double other = 0;
        for (int i = 0; i < n; i++) {
            both += (a[i] - mean) * (b[i] - mean);
            one += (a[i] - mean) * (a[i] - mean);
            other += (b[i] - mean) * (b[i] - mean);
        }
        return both / Math.sqrt(one * other);
    }

    private static double[] ranks(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            ranks[i] = Arrays.binarySearch(sorted, values[i]);
        }
        return ranks;
    }

    /** Whether something that is off in evaluation holds training back, or nothing is known of it. */
    private static boolean isHindered(Examination examination) {
        Run run = examination.run();
        String augmentation = run.settings().text(Setting.AUGMENTATION).orElse("");
        return run.graph().isEmpty()
                || run.settings().number(Setting.LABEL_SMOOTHING).orElse(0) > 0
                || !augmentation.matches("|none|\\[]")
                || run.graph().get().layers().stream().anyMatch(CurveSymptoms::drops);
    }

    private static boolean drops(ModelGraph.Layer layer) {
        return layer.type().contains("dropout")
                || layer.type().contains("transformer")
                || layer.children().stream().anyMatch(CurveSymptoms::drops);
    }

    private static void held(Examination examination, Curve held, Symptoms.Gathering to) {
        Task.costOfGuessing(examination.run()).ifPresent(guess -> {
            if (!held.isEmpty()) {
                to.above("held-end-to-guess", held.endLevel() / guess, 0.1, 0.3, 0.6, 0.9, 0.98, 1.1, 2, 8);
                to.above("held-first-to-guess", held.first() / guess, 0.5, 0.9, 1.2, 2, 5, 20);
                to.above("held-lowest-to-guess", held.min() / guess, 0.1, 0.3, 0.6, 0.9, 0.98, 1.1);
            }
        });
        if (held.size() < 3) {
            to.put("few-evaluations", true);
            return;
        }
        to.put("few-evaluations", false);
        to.above("held-left", held.endLevel() / held.first(), 0.2, 0.5, 0.8, 0.95, 1.05, 1.5);
        to.above("held-rise", held.endLevel() / Math.max(held.min(), 1e-12), 1.03, 1.15, 1.5, 3);
        to.above("held-best-at", (double) held.argMin() / (held.size() - 1), 0.1, 0.3, 0.6, 0.9);
        to.above("held-noise", held.noise() / Math.max(Math.abs(held.endLevel()), 1e-12), 0.02, 0.1, 0.3);
    }

    private static void score(Examination examination, Curve score, Symptoms.Gathering to) {
        if (score.isEmpty() || score.max() > 1.0001 || score.min() < -1e-9) {
            return;
        }
        to.above("score", score.endLevel(), 0.3, 0.5, 0.7, 0.85, 0.93, 0.985);
        if (score.size() >= 3) {
            to.put("score-never-moves", score.max() - score.min() < 1e-9);
            to.above("score-lost", score.max() - score.endLevel(), 0.03, 0.15);
        }
        Task.classes(examination.run()).ifPresent(c -> to.above("score-to-chance", score.endLevel() * c, 1.3, 2));
        examination
                .trainScore()
                .filter(t -> !t.isEmpty())
                .ifPresent(t -> to.above("score-gap", t.endLevel() - score.endLevel(), -0.05, 0.05, 0.15));
    }

    /** The share of variance explained (R²), and the loss beside the share that is not: for squared errors they agree. */
    private static void explained(Examination examination, Curve explained, Symptoms.Gathering to) {
        double end = explained.endLevel();
        to.above("explained", end, -0.5, -0.02, 0.02, 0.3, 0.6, 0.8);
        to.above("explained-lost", explained.max() - end, 0.05, 0.3);
        examination
                .validationLoss()
                .filter(held -> !held.isEmpty() && end < 1)
                .ifPresent(held ->
                        to.above("held-to-unexplained", held.endLevel() / (1 - end), 0.2, 0.6, 1.6, 4, 20, 200));
    }

    private static void rate(Curve rate, Symptoms.Gathering to) {
        if (rate.size() < 3 || !(rate.max() > 0)) {
            return;
        }
        double[] values = rate.values();
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        to.above("rate-mean-to-peak", sum / values.length / rate.max(), 0.02, 0.1, 0.2, 0.3, 0.4, 0.8);
        to.above("rate-end-to-peak", rate.last() / rate.max(), 1e-4, 0.01, 0.3);
        to.above("rate-at-half-to-peak", values[values.length / 2] / rate.max(), 1e-3, 0.05, 0.15, 0.3);
        to.above("rate-start-to-peak", rate.first() / rate.max(), 0.5);
        to.put("rate-negative", rate.min() < 0);
    }
}
