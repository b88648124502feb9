package dev.auscult.diagnose.rules;

import java.util.List;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Verdict;
import dev.auscult.run.Quantity;
import dev.auscult.run.Setting;

/** Says that the learning rate is unknown, which half of all causes have to do with. */
public final class NoLearningRate implements Rule {
    private static final RuleInfo INFO = RuleInfo.stable("LOG102", "no-learning-rate");

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public List<Need> needs() {
        return List.of(LogRemark.METRICS);
    }

    @Override
    public Verdict examine(Examination e) {
        boolean known = e.run().settings().isOn(Setting.LEARNING_RATE)
                || e.run().metrics().stream().anyMatch(s -> s.key().quantity() == Quantity.LEARNING_RATE);
        return known
                ? Verdict.CLEAR
                : LogRemark.of(
                        INFO,
                        LogRemark.REMARK,
                        "the learning rate is neither among the metrics nor among the settings",
                        e.run(),
                        Evidence.of("learning rates found", 0, "series"));
    }
}
