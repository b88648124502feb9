package dev.auscult.diagnose.rules;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.measure.Curve;
import dev.auscult.diagnose.measure.Descent;
import dev.auscult.diagnose.measure.Task;
import dev.auscult.run.Setting;

/** Whether a learning rate is so small that it explains a loss which hardly falls. */
final class TinyRate {
    /** Rate below which an adaptive optimizer hardly moves its parameters in any usual number of steps. */
    static final double ADAPTIVE = 1e-6;

    /** The same for plain gradient descent, whose steps are scaled by the gradient. */
    static final double PLAIN = 1e-4;

    /** Fall of the loss, as a share of its start, from which a straight descent gets somewhere. */
    static final double FALL = 0.5;

    private static final int POINTS = 40;

    private TinyRate() {}

    /** The largest learning rate of the run, from its curve or its settings; NaN if neither is known. */
    static double of(Examination e) {
        return e.learningRate()
                .map(Curve::max)
                .orElseGet(
                        () -> e.run().settings().number(Setting.LEARNING_RATE).orElse(Double.NaN));
    }

    static Descent descent(Curve loss) {
        return Descent.of(loss.reduced(POINTS));
    }

    /** Whether the loss falls in a clean straight line by little, at a rate below {@code tiny}. */
    static boolean explains(Examination e, Curve loss, double tiny, double fall) {
        double rate = of(e);
        if (!(rate > 0 && rate < tiny) || loss.min() <= 0 || e.convergence().hasLearned()) {
            return false;
        }
        Descent descent = descent(loss);
        return descent.isStraight() && descent.relativeFall() < fall;
    }

    /** The same with the standard limits. */
    static boolean explains(Examination e, Curve loss) {
        return explains(e, loss, Task.isPlainGradientDescent(e.run()) ? PLAIN : ADAPTIVE, FALL);
    }
}
