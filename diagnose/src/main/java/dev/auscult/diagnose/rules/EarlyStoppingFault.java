package dev.auscult.diagnose.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

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
import dev.auscult.diagnose.measure.Plan;
import dev.auscult.run.Direction;
import dev.auscult.run.Run;
import dev.auscult.run.RunEvent;
import dev.auscult.run.Series;
import dev.auscult.run.Setting;
import dev.auscult.run.Split;

/**
 * BUG109: early stopping that stopped before its patience could have run out, or did not stop long after it had.
 *
 * <p>With a patience of p, evaluation t stops the training when the best lies p evaluations back: never before t = p + 1,
 * and always by then, however small a gain counts.
 */
public final class EarlyStoppingFault implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("BUG109", "early-stopping-fault");
    private static final Threshold SLACK = new Threshold(
            "slack", 2, "evaluations", "beyond the patience, for logs that miss some or count from another one");
    private static final Threshold GAIN =
            new Threshold("gain", 0.01, "ratio", "gain of the last evaluation from which it counts as still gaining");

    private static final Pattern MONITOR = Pattern.compile("(?i)(.*\\.)?early[-_]?stopping[._-]monitor");
    private static final Pattern CRITERION = Pattern.compile("(?i)(.*\\.)?early[-_]?stopping[._-]criterion");

    /** A policy that stops a sick run names the rule. */
    private static final Pattern RULE = Pattern.compile("\\b[A-Z]{3}\\d{3}\\b");

    /** Share of the plan that was not done: a tenth 44, medium; nine tenths 76, high. */
    private static final SeverityCurve CUT_OFF = SeverityCurve.linear(-0.375, 0.875);

    /** Evaluations waited over patience: 2 is 41, medium; 20 is 80, high. */
    private static final SeverityCurve WENT_ON = SeverityCurve.logarithmic(1.05, 14);

    /** Where nothing was lost by going on it is a remark. */
    private static final int NOTHING_LOST = 30;

    private static final double LOSS_OF_BEST = 0.05;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "the settings do not say what early stopping watches and with which patience",
                "record the settings of early stopping with the run: monitor and patience",
                e -> e.run().settings().number(Setting.PATIENCE).orElse(0) >= 1
                        && watched(e.run()).isPresent()
                        && isByPatience(e.run())));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(SLACK, GAIN);
    }

    @Override
    public Verdict examine(Examination examination) {
        Run run = examination.run();
        Series series = watched(run).orElseThrow();
        int patience = (int) run.settings().number(Setting.PATIENCE).orElseThrow();
        Waiting waiting = Waiting.of(series);
        if (stoppedByItself(run)
                && series.size() <= patience
                && Plan.of(run).share() < 1
                && waiting.stillGains(examination.threshold(this, GAIN))) {
            double left = 1 - Plan.of(run).share();
            return found(
                    series,
                    CUT_OFF.score(left),
                    "training stopped itself after " + Numbers.count(series.size(), "evaluation")
                            + ", which a patience of " + patience + " cannot do, with " + Numbers.percent(left)
                            + " of its plan left and " + series.key().label() + " still gaining",
                    Evidence.of("evaluations", series.size(), "", "at least patience + 1 = " + (patience + 1)));
        }
        if (waiting.longest > patience + examination.threshold(this, SLACK)) {
            return found(
                    series,
                    waiting.lost() < LOSS_OF_BEST ? NOTHING_LOST : WENT_ON.score(waiting.longest / (double) patience),
                    "training went on for " + Numbers.count(waiting.longest, "evaluation") + " without a gain in "
                            + series.key().label() + ", though its patience is " + patience
                            + ": early stopping does not look at it",
                    Evidence.of(
                            "evaluations without a gain",
                            waiting.longest,
                            "",
                            "stops at " + patience,
                            Evidence.of("worse at the end than at its best", waiting.lost(), "ratio")));
        }
        return Verdict.CLEAR;
    }

    /**
     * How long a watched series went without a new best.
     *
     * @param longest most evaluations in a row
     * @param best value
     * @param before the best before the last evaluation; NaN if there is none
     * @param last value
     * @param isLastBest whether the last evaluation is the best
     */
    private record Waiting(int longest, double best, double before, double last, boolean isLastBest) {
        static Waiting of(Series series) {
            double sign = series.key().direction() == Direction.HIGHER_IS_BETTER ? -1 : 1;
            double best = Double.NaN;
            double before = Double.NaN;
            int waited = 0;
            int longest = 0;
            for (int i = 0; i < series.size(); i++) {
                double value = sign * series.value(i);
                before = best;
                if (value < best || (Double.isNaN(best) && !Double.isNaN(value))) {
                    best = value;
                    waited = 0;
                } else {
                    waited++;
                }
                longest = Math.max(longest, waited);
            }
            return new Waiting(longest, best, before, sign * series.last(), waited == 0);
        }

        boolean stillGains(double ratio) {
            return isLastBest && (Double.isNaN(before) || before - last > ratio * Math.abs(before));
        }

        /** By how much the end is worse than the best, as a share of the best; not finite counts as all. */
        double lost() {
            double lost = (last - best) / Math.max(Math.abs(best), 1e-12);
            return Double.isFinite(lost) ? lost : 1;
        }
    }

    private static boolean stoppedByItself(Run run) {
        return run.events().stream()
                .anyMatch(e -> e.kind() == RunEvent.Kind.EARLY_STOP
                        && !RULE.matcher(e.detail()).find());
    }

    private static Optional<Series> watched(Run run) {
        Optional<String> monitor = setting(run, MONITOR);
        return run.metrics().stream()
                .filter(s -> s.key().split() == Split.VALIDATION || s.key().split() == Split.TEST)
                .filter(s -> s.key().direction() != Direction.UNKNOWN && s.size() > 0)
                .filter(s -> monitor.filter(m ->
                                m.equals(s.key().label()) || m.equals(s.key().name()))
                        .isPresent())
                .findFirst();
    }

    private static boolean isByPatience(Run run) {
        return setting(run, CRITERION).map(c -> c.equals("patience")).orElse(true);
    }

    private static Optional<String> setting(Run run, Pattern key) {
        return run.settings().raw().entrySet().stream()
                .filter(e -> key.matcher(e.getKey()).matches())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Verdict found(Series series, int score, String summary, Evidence evidence) {
        return Verdict.found(new Finding(
                INFO,
                score,
                summary,
                Where.series(series.key().label(), series.firstStep(), series.lastStep()),
                evidence));
    }
}
