package dev.auscult.diagnose.rules;

import java.util.List;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.run.Quantity;
import dev.auscult.run.Split;

/**
 * What a model that gives every example the same answer cannot reach. With the accuracy p its answer has precision p and
 * recall 1, so an F1 of 2 p / (1 + p), and every other class has 0: over C ≥ 2 classes the macro F1 is 2 p / ((1 + p) C),
 * below one half.
 */
final class ConstantAnswer {
    private static final double MOST_MACRO = 0.5;

    /** Scores are often logged with three decimals. */
    private static final double ROUNDING = 0.001;

    private ConstantAnswer() {}

    /**
     * Whether an F1 on held-out data says that the answers differ.
     *
     * @param accuracy of the answers, 0..1
     */
    static boolean isRefuted(Examination e, double accuracy) {
        return List.of(Split.VALIDATION, Split.TEST).stream()
                .flatMap(s -> e.run().metrics(s, Quantity.F1))
                .map(Curve::of)
                .filter(c -> !c.isEmpty())
                .anyMatch(c -> {
                    double most = c.key().part().equals("macro") ? MOST_MACRO : 2 * accuracy / (1 + accuracy);
                    return c.endLevel() / HeldOut.full(c) > most + ROUNDING;
                });
    }
}
