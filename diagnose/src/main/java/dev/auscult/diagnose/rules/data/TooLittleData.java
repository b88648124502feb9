package dev.auscult.diagnose.rules.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.DataProfile;
import dev.auscult.run.Run;
import dev.auscult.run.Split;

/** Flags training data with too few rows for their classes or columns. */
public final class TooLittleData implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT117", "too-little-data");
    private static final Threshold PER_CLASS = new Threshold(
            "per-class", 10, "rows", "of the rarest class, below which it can hardly be learned and held out");
    private static final Threshold PER_COLUMN =
            new Threshold("per-column", 10, "rows", "per input column, below which a model can fit noise");

    /** Medium at two rows: none is left to hold out once one is learned. */
    private static final SeverityCurve BY_CLASS = SeverityCurve.linear(6, -4);

    /** A remark at ten, low at four, medium where there are hardly more rows than columns. */
    private static final SeverityCurve BY_COLUMN = SeverityCurve.logarithmic(2.5, 0.15);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Tables.orOthersAreIn(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(
                "the number of training rows is not known",
                Looks.CHECKUP,
                e -> e.run()
                        .data()
                        .flatMap(d -> d.part(Split.TRAIN))
                        .filter(p -> p.rows() > 0)
                        .isPresent()));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(PER_CLASS, PER_COLUMN);
    }

    @Override
    public Verdict examine(Examination e) {
        DataProfile.Part train = Looks.profile(e).part(Split.TRAIN).orElseThrow();
        Optional<Map.Entry<String, Long>> rarest = train.labelCounts().entrySet().stream()
                .filter(l -> l.getValue() > 0)
                .min(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
        int inputs = Tables.inputs(train).size();
        double perColumn = inputs == 0 ? Double.POSITIVE_INFINITY : (double) train.rows() / inputs;
        boolean fewOfClass = rarest.isPresent() && rarest.get().getValue() < e.threshold(this, PER_CLASS);
        boolean fewForColumns = perColumn < e.threshold(this, PER_COLUMN);
        if (!fewOfClass && !fewForColumns) {
            return Verdict.CLEAR;
        }
        long least = rarest.map(Map.Entry::getValue).orElse(train.rows());
        int score = Math.max(
                fewOfClass ? BY_CLASS.score((double) least) : 0, fewForColumns ? BY_COLUMN.score(perColumn) : 0);
        String ofClass = fewOfClass
                ? "class " + rarest.get().getKey() + " has " + Tables.rows((double) least) + " in the training data"
                : "";
        String forColumns = fewForColumns
                ? Tables.rows((double) train.rows()) + " for " + Numbers.count(inputs, "input column") + ", "
                        + Numbers.of(perColumn) + " each"
                : "";
        return Verdict.found(new Finding(
                INFO,
                score,
                ofClass + (fewOfClass && fewForColumns ? "; " : "") + forColumns,
                Where.data(List.copyOf(fewOfClass ? Looks.profile(e).target() : List.of()), List.of()),
                Evidence.of(
                        "training rows",
                        (double) train.rows(),
                        "rows",
                        "",
                        Evidence.of("rows of the rarest class", (double) least, "rows"),
                        Evidence.of("rows per input column", perColumn, "rows")),
                List.of(Remedy.edit(
                        "judge by cross-validation: a fifth of so few rows says little",
                        Remedy.Safety.SAFE,
                        "data.validation",
                        "{folds: 5}"))));
    }
}
