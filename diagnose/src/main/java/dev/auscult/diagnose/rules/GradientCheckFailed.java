package dev.auscult.diagnose.rules;

import java.util.Comparator;
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
import dev.auscult.run.Probe;
import dev.auscult.run.Probe.Part;

/** Flags analytic gradients that disagree with central differences in float64, away from kinks. */
public final class GradientCheckFailed implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("BUG104", "gradient-check-failed");
    private static final Threshold ERROR =
            new Threshold("relative-error", 1e-4, "ratio", "above which the gradient at a smooth coordinate is wrong");
    private static final Threshold SIZE = new Threshold(
            "size", 1e-8, "gradient", "below which both gradients are rounding and their ratio says nothing");

    /** By the relative error: a thousandth 50, medium; a hundredth 75, high; a wrong sign (1 and more) 97. */
    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(1e-4, 1e-2);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Plans.probe(Probe.Kind.GRADIENT_CHECK, "run `auscult gradcheck` on the spec"));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(ERROR, SIZE);
    }

    @Override
    public Verdict examine(Examination examination) {
        Probe probe = examination.run().probe(Probe.Kind.GRADIENT_CHECK).orElseThrow();
        List<Part> judged = probe.parts().stream()
                .filter(p -> p.number("relative-error").isPresent())
                .filter(p -> p.number("checked").orElse(1) > 0)
                .toList();
        if (judged.isEmpty()) {
            return Verdict.unable(
                    "no smooth coordinate was checked" + kinks(probe),
                    "run `auscult gradcheck` with more coordinates, or with a smooth activation");
        }
        double limit = examination.threshold(this, ERROR);
        double size = examination.threshold(this, SIZE);
        List<Part> wrong = judged.stream().filter(p -> isWrong(p, limit, size)).toList();
        if (wrong.isEmpty()) {
            return Verdict.CLEAR;
        }
        Part worst = wrong.stream()
                .max(Comparator.comparingDouble(GradientCheckFailed::badness))
                .orElseThrow();
        double error = Plans.number(worst, "relative-error");
        return Verdict.found(new Finding(
                INFO,
                CURVE.score(badness(worst)),
                "the gradient of " + worst.name() + " is " + Numbers.of(Plans.number(worst, "analytic"))
                        + " where central differences give " + Numbers.of(Plans.number(worst, "numeric"))
                        + " (relative error " + Numbers.of(error) + place(worst) + ")"
                        + (wrong.size() > 1 ? ", and " + Numbers.count(wrong.size() - 1, "more parameter") : "")
                        + (wrong.size() < judged.size() ? "; " + (judged.size() - wrong.size()) + " are right" : ""),
                new Where(List.of(), wrong.stream().map(Part::name).toList(), 0, 0),
                Evidence.of(
                        "relative error of " + worst.name(),
                        Double.isNaN(error) ? Double.POSITIVE_INFINITY : error,
                        "ratio",
                        "|analytic - numeric| / max(|analytic|, |numeric|), largest over the smooth coordinates",
                        Evidence.of("analytic", Plans.number(worst, "analytic"), ""),
                        Evidence.of("numeric", Plans.number(worst, "numeric"), ""),
                        Evidence.of("coordinates checked", Plans.number(worst, "checked"), "coordinates"),
                        Evidence.of("coordinates at a kink, left out", Plans.number(worst, "kinks"), "coordinates"),
                        Evidence.of("parameters checked", judged.size(), "parameters"),
                        Evidence.of("parameters wrong", wrong.size(), "parameters"))));
    }

    private static boolean isWrong(Part part, double limit, double size) {
        double error = Plans.number(part, "relative-error");
        double analytic = Math.abs(Plans.number(part, "analytic"));
        double numeric = Math.abs(Plans.number(part, "numeric"));
        boolean rounding = analytic < size && numeric < size;
        return !rounding && !(error <= limit);
    }

    /** NaN is as wrong as can be. */
    private static double badness(Part part) {
        double error = Plans.number(part, "relative-error");
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }

    private static String place(Part part) {
        return part.number("coordinate").isPresent() ? " at coordinate " + (long) Plans.number(part, "coordinate") : "";
    }

    private static String kinks(Probe probe) {
        double kinks = probe.parts().stream()
                .mapToDouble(p -> p.number("kinks").orElse(0))
                .sum();
        return kinks > 0 ? "; " + Numbers.of(kinks) + " are at kinks" : "";
    }
}
