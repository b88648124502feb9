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
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.diagnose.measure.Trend;
import dev.auscult.run.Quantity;
import dev.auscult.run.Series;

/**
 * Flags memory that keeps growing: growth over the second half = median(last quarter) / median(third quarter) − 1 [1],
 * with a rising trend in both halves. An allocator that fills its cache grows at the start and then stays.
 */
public final class MemoryGrowth implements Rule {
    private static final Threshold GROWTH =
            new Threshold("growth", 0.05, "share", "growth from the third to the last quarter above this is a leak");
    private static final Threshold POINTS = new Threshold("points", 20, "points", "fewer say nothing about a trend");

    /** Low at the threshold, medium at 15 %, high at 45 % per quarter of the run. */
    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(0.07, 0.5);

    private static final RuleInfo INFO = RuleInfo.preview("RES103", "memory-growth");
    private static final String RECORD = "log the memory in use every few steps";

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.metric(Quantity.MEMORY, RECORD));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(GROWTH, POINTS);
    }

    @Override
    public Verdict examine(Examination examination) {
        List<Finding> findings = new ArrayList<>();
        int most = 0;
        for (Series series : examination.run().metrics()) {
            if (series.key().quantity() == Quantity.MEMORY) {
                Curve curve = Curve.of(series);
                most = Math.max(most, curve.size());
                if (curve.size() >= examination.threshold(this, POINTS)) {
                    examine(curve, examination, findings);
                }
            }
        }
        if (most < examination.threshold(this, POINTS)) {
            return Verdict.unable(
                    "only " + Numbers.count(most, "memory reading") + ", "
                            + Numbers.of(examination.threshold(this, POINTS)) + " needed",
                    RECORD);
        }
        return Verdict.of(findings);
    }

    private void examine(Curve curve, Examination examination, List<Finding> findings) {
        int n = curve.size();
        double third = Robust.median(curve.values(n / 2, 3 * n / 4));
        double last = Robust.median(curve.values(3 * n / 4, n));
        double growth = last / third - 1;
        boolean goesOn = Trend.of(curve.values(0, n / 2)).rises()
                && Trend.of(curve.values(n / 2, n)).rises();
        if (third > 0 && goesOn && growth > examination.threshold(this, GROWTH)) {
            findings.add(new Finding(
                    INFO,
                    CURVE.score(growth),
                    curve.label() + " grew by " + Numbers.percent(growth)
                            + " over the last quarter of the run and was still growing ("
                            + Numbers.of(curve.first()) + " → " + Numbers.of(curve.last()) + ")",
                    Where.series(curve.label(), curve.firstStep(), curve.lastStep()),
                    Evidence.of(
                            "growth",
                            growth,
                            "share",
                            "median of the last quarter / median of the third quarter - 1",
                            Evidence.of("third quarter", third, "as logged"),
                            Evidence.of("last quarter", last, "as logged"))));
        }
    }
}
