package dev.auscult.diagnose.rules;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.measure.Schedule;
import dev.auscult.diagnose.measure.Task;

/** Runs whose loss is not meant to come down to a fixed target: one that rises or stays is no sign of illness. */
final class NotJudged {
    private NotJudged() {}

    static boolean applies(Examination e) {
        return Task.isReinforcement(e.run()) || Task.isAdversarial(e.run()) || isRangeTest(e);
    }

    /** The verdict of a rule that judges a loss by its course. */
    static Verdict unable(Examination e) {
        if (isRangeTest(e)) {
            return Verdict.unable(
                    "the learning rate grows by one factor per step to the end: a range test, which is meant to diverge",
                    "train with a rate of a tenth of that at which the loss turned up");
        }
        return Task.isReinforcement(e.run())
                ? Verdict.unable(
                        "the losses of reinforcement learning have no fixed target", "judge the run by its reward")
                : Verdict.unable(
                        "the losses of an adversarial game have no fixed target",
                        "judge the run by its samples, or by a distance such as FID");
    }

    /** A range test is one short pass; whoever evaluates on held-out data again and again means to train. */
    private static boolean isRangeTest(Examination e) {
        boolean evaluated = e.validationLoss().filter(v -> v.size() > 2).isPresent();
        return !evaluated
                && e.learningRate()
                        .filter(rate -> new Schedule(rate).isRangeTest())
                        .isPresent();
    }
}
