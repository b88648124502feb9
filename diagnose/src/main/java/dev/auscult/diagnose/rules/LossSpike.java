package dev.auscult.diagnose.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
import dev.auscult.diagnose.measure.Pruned;
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.diagnose.measure.Schedule;
import dev.auscult.diagnose.measure.Spikes;
import dev.auscult.run.Split;

/** LOS108: a sudden rise of the loss far above its own recent level. */
public final class LossSpike implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LOS108", "loss-spike");
    private static final Threshold HEIGHT = new Threshold(
            "height", 2, "ratio", "of a point over the level of the ten points before, from which it is a spike");
    private static final Threshold EARLY =
            new Threshold("early", 0.05, "share", "of the run within which a spike that came back is only a remark");

    /** Not come back: twice the level 41, medium; four times 75, high. */
    private static final SeverityCurve STAYS = SeverityCurve.logarithmic(1.4, 4);

    /** Come back: at most low, since the run went on; 2 times 25, 8 times and more 35. */
    private static final SeverityCurve BACK = SeverityCurve.logarithmic(2, 50);

    private static final int BACK_AT_MOST = 35;
    private static final int EARLY_REMARK = 10;

    /** Points after a spike without which nobody knows whether the loss comes back. */
    private static final int AFTER = 5;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.ANY_LOSS);
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(HEIGHT, EARLY);
    }

    @Override
    public Verdict examine(Examination examination) {
        if (NotJudged.applies(examination)) {
            return NotJudged.unable(examination);
        }
        List<Finding> findings = new ArrayList<>();
        int judged = 0;
        for (Curve loss : losses(examination)) {
            Curve curve = Spikes.prepared(loss);
            if (curve.size() < 2 * Spikes.BEFORE || curve.min() <= 0) {
                continue;
            }
            judged++;
            List<Spikes.Spike> spikes = Spikes.of(curve, examination.threshold(this, HEIGHT)).stream()
                    .filter(s -> !restarted(examination, curve, s) && !pruned(examination, curve, s))
                    .toList();
            spikes.stream()
                    .max(Comparator.comparingInt(s -> score(examination, curve, s)))
                    .ifPresent(s -> findings.add(finding(examination, curve, s, spikes.size())));
        }
        if (judged == 0) {
            return Verdict.unable(
                    "no positive loss with " + 2 * Spikes.BEFORE + " points",
                    "log the loss every epoch or every few steps");
        }
        return Verdict.of(findings);
    }

    /** The losses on training and held-out data, and the parts that a sum may hide a spike of. */
    private static List<Curve> losses(Examination examination) {
        List<Curve> whole = Stream.of(examination.finestTrainLoss(), examination.validationLoss())
                .flatMap(Optional::stream)
                .toList();
        Stream<Curve> parts = Stream.of(Split.TRAIN, Split.VALIDATION, Split.TEST)
                .map(examination::lossParts)
                .filter(p -> p.size() > 1)
                .flatMap(List::stream)
                .filter(p -> whole.stream().noneMatch(w -> w.label().equals(p.label())));
        return Stream.concat(whole.stream(), parts).toList();
    }

    /** A schedule that restarts lifts the loss on purpose. */
    private static boolean restarted(Examination examination, Curve curve, Spikes.Spike spike) {
        long from = curve.step(Math.max(0, spike.at() - 2 * Spikes.BEFORE));
        return examination
                .learningRate()
                .filter(lr -> new Schedule(lr).jumpsBetween(from, curve.step(spike.at())))
                .isPresent();
    }

    /** Taking weights out lifts the loss, until the others have learned to do without them. */
    private static boolean pruned(Examination examination, Curve curve, Spikes.Spike spike) {
        long from = curve.step(Math.max(0, spike.at() - 2 * Spikes.BEFORE));
        return Pruned.grewBetween(examination.run(), from, curve.step(spike.at()));
    }

    private int score(Examination examination, Curve curve, Spikes.Spike spike) {
        double share = (curve.step(spike.at()) - curve.firstStep())
                / (double) Math.max(1, curve.lastStep() - curve.firstStep());
        if (stays(curve, spike)) {
            return STAYS.score(spike.ratio());
        }
        boolean early = share <= examination.threshold(this, EARLY) && spike.recovered();
        return early ? EARLY_REMARK : Math.min(BACK_AT_MOST, BACK.score(spike.ratio()));
    }

    private static boolean stays(Curve curve, Spikes.Spike spike) {
        double before = curve.value(spike.top()) / spike.ratio();
        return !spike.recovered()
                && curve.size() - spike.at() > AFTER
                && Robust.median(curve.values(spike.at(), curve.size())) >= 1.5 * before
                && curve.endLevel() >= 1.5 * before;
    }

    private Finding finding(Examination examination, Curve curve, Spikes.Spike spike, int count) {
        double before = curve.value(spike.top()) / spike.ratio();
        String end = spike.recovered()
                ? "back at " + curve.place(spike.back())
                : stays(curve, spike) ? "and does not come back" : "the log ends before it is back";
        String summary = Words.name(curve) + " jumps " + Numbers.times(spike.ratio()) + " above its level ("
                + Numbers.of(before)
                + " to " + Numbers.of(curve.value(spike.top())) + ") at " + curve.place(spike.top()) + ", " + end
                + (count > 1 ? "; " + count + " spikes in all" : "");
        long to = spike.recovered() ? curve.step(spike.back()) : curve.lastStep();
        return new Finding(
                INFO,
                score(examination, curve, spike),
                summary,
                Where.series(curve.label(), curve.step(spike.at()), to),
                Evidence.of(
                        curve.label() + ", highest point over the level before",
                        spike.ratio(),
                        "ratio",
                        "value / median of the ten values before",
                        Evidence.of("level before", before, ""),
                        Evidence.of("spikes", count, "")));
    }
}
