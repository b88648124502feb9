package dev.auscult.diagnose.rules.data;

import java.util.Comparator;
import java.util.List;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Threshold;
import dev.auscult.run.Observation;
import dev.auscult.run.Run;

/** What the rules on changes of the inputs share. */
final class Hints {
    static final Need TRIED = Looks.observed(Observation.Kind.FEATURE_HINT, "no change of the inputs was tried");

    static final Threshold GAIN = new Threshold(
            "gain",
            0.01,
            "share",
            "of the loss of guessing that a linear model must gain, out of sample; less is not worth another column to keep");

    /** A gain of a tenth of the loss of guessing is clearly low; it never is more than worth knowing. */
    private static final SeverityCurve CURVE = SeverityCurve.linear(0.05, 0.5);

    private static final int MOST = 39;

    private Hints() {}

    static boolean appliesTo(Run run) {
        return Looks.isOf(run, "table")
                && (run.data().orElseThrow().task().equals("classification")
                        || run.data().orElseThrow().task().equals("regression"));
    }

    /** Changes of one kind that certainly gain enough, the largest gain first. */
    static List<Observation> gains(Examination examination, Rule rule, String hint) {
        return Looks.of(examination, Observation.Kind.FEATURE_HINT).stream()
                .filter(o -> o.note("hint").equals(hint) && !o.columns().isEmpty())
                .filter(o -> o.get("gain") >= examination.threshold(rule, GAIN))
                .filter(o -> Looks.isCertain(examination, rule, o))
                .sorted(Comparator.comparingDouble((Observation o) -> -o.get("gain")))
                .toList();
    }

    /** A remark at most: nothing is wrong with the data. */
    static int score(double gain) {
        return Math.min(MOST, CURVE.score(gain));
    }
}
