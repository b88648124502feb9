package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Series;
import dev.auscult.run.Split;

/** LOS101: a loss that is NaN or infinite. */
public final class LossNotFinite implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LOS101", "loss-not-finite");
    private static final Threshold SHARE = new Threshold(
            "share", 0.1, "share", "of the points not finite, above which a loss that came back is still an alarm");

    /** The run is lost. */
    private static final int LOST = 98;

    /** Held-out data only: the training itself goes on. */
    private static final int HELD_OUT_ONLY = 60;

    /** Many points, but the loss came back. */
    private static final int CAME_BACK = 60;

    /** A remark: single points, or held-out data on which nothing was measured. */
    private static final int REMARK = 18;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "no loss in this log", "log the training loss every epoch or every few steps", LossNotFinite::hasLoss));
    }

    private static boolean hasLoss(Examination examination) {
        return examination.run().metrics().stream().anyMatch(s -> s.key().quantity() == Quantity.LOSS);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SHARE);
    }

    @Override
    public Verdict examine(Examination examination) {
        Run run = examination.run();
        boolean wholeIsFinite = run.metrics().stream()
                .filter(s -> s.key().quantity() == Quantity.LOSS && s.key().isWhole())
                .anyMatch(s -> count(s) == 0 && s.size() > 1);
        boolean trainIsFinite = run.metrics(Split.TRAIN, Quantity.LOSS)
                .anyMatch(s -> s.key().isWhole() && count(s) < s.size() && Double.isFinite(s.value(s.size() - 1)));
        List<Finding> findings = new ArrayList<>();
        for (Series series : run.metrics()) {
            boolean isLoss = series.key().quantity() == Quantity.LOSS;
            // A part of a loss may be undefined where a class is absent; the whole then tells.
            if (isLoss && count(series) > 0 && (series.key().isWhole() || !wholeIsFinite)) {
                findings.add(finding(series, trainIsFinite, examination.threshold(this, SHARE)));
            }
        }
        int most = run.metrics().stream()
                .filter(s -> s.key().quantity() == Quantity.LOSS)
                .mapToInt(Series::size)
                .max()
                .orElse(0);
        // One finite value does not tell whether the next one is.
        return findings.isEmpty() && most < 2
                ? Verdict.unable("one loss found, at least 2 needed", "train on, and log every loss")
                : Verdict.of(findings);
    }

    private static Finding finding(Series series, boolean trainIsFinite, double shareThatAlarms) {
        int n = series.size();
        int bad = count(series);
        int first = 0;
        while (Double.isFinite(series.value(first))) {
            first++;
        }
        int endFrom = n;
        while (endFrom > 0 && !Double.isFinite(series.value(endFrom - 1))) {
            endFrom--;
        }
        String label = series.key().label();
        String name = Words.name(series.key());
        String value = Double.isNaN(series.value(first)) ? "NaN" : "infinite";
        boolean heldOut = series.key().split().isHeldOut() && trainIsFinite;
        int score;
        String summary;
        long from = series.step(first);
        long to = series.step(n - 1);
        if (endFrom == 0) {
            score = heldOut || n == 1 ? REMARK : LOST;
            summary = name + " is " + value + " in all " + Numbers.count(n, "point")
                    + (heldOut ? " while the training loss is finite: nothing was measured on this data" : "");
        } else if (endFrom < n) {
            score = heldOut ? HELD_OUT_ONLY : LOST;
            from = series.step(endFrom);
            summary = name + " is " + value + " from step " + from + " to the end ("
                    + Numbers.count(n - endFrom, "point") + " of " + n + ")";
        } else {
            boolean often = bad >= 3 && bad >= shareThatAlarms * n;
            score = often ? CAME_BACK : REMARK;
            summary = name + " is " + value + " in " + Numbers.count(bad, "point") + " of " + n + ", first at step "
                    + from + ", and came back";
        }
        Evidence evidence = Evidence.of(
                label + ", points not finite",
                bad,
                "points",
                "count of NaN and infinite values",
                Evidence.of("points", n, "points"),
                Evidence.of("points at the end not finite", n - endFrom, "points"));
        return new Finding(INFO, score, summary, Where.series(label, from, to), evidence);
    }

    private static int count(Series series) {
        int count = 0;
        for (int i = 0; i < series.size(); i++) {
            count += Double.isFinite(series.value(i)) ? 0 : 1;
        }
        return count;
    }
}
