package dev.auscult.diagnose.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.CurveChoice;
import dev.auscult.diagnose.measure.Robust;
import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Series;
import dev.auscult.run.Split;

/** Metrics on data that the optimizer does not see. */
final class HeldOut {
    private HeldOut() {}

    static Stream<Series> series(Run run, Quantity quantity) {
        return Stream.concat(run.metrics(Split.VALIDATION, quantity), run.metrics(Split.TEST, quantity));
    }

    /** Whether any of these quantities has a finite value on held-out data. */
    static boolean any(Run run, List<Quantity> quantities) {
        return quantities.stream().anyMatch(q -> curve(run, q).isPresent());
    }

    /** Most finite points of any held-out metric of these quantities. */
    static int most(Run run, List<Quantity> quantities) {
        return quantities.stream()
                .flatMap(q -> series(run, q))
                .map(Curve::of)
                .mapToInt(Curve::size)
                .max()
                .orElse(0);
    }

    /** The quantity on validation data, else on test data; also where it is zero throughout, which is news here. */
    static Optional<Curve> curve(Run run, Quantity quantity) {
        return CurveChoice.of(run, Split.VALIDATION, quantity)
                .or(() -> CurveChoice.of(run, Split.TEST, quantity))
                .or(() -> series(run, quantity)
                        .map(Curve::of)
                        .filter(c -> !c.isEmpty())
                        .findFirst());
    }

    /** Whether a curve has one value, to the last bit, at this share of its evaluations or more. */
    static boolean isFrozen(Curve curve, double share) {
        double value = Robust.median(curve.values());
        long same = Arrays.stream(curve.values()).filter(v -> v == value).count();
        return same >= share * curve.size();
    }

    /** What the best score is: 1, or 100 if the values exceed what a share can be. */
    static double full(Curve score) {
        return score.max() > 1.5 ? 100 : 1;
    }
}
