package dev.auscult.diagnose.rules.data;

import java.util.List;

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
import dev.auscult.run.Observation;
import dev.auscult.run.Run;

/**
 * Flags labels that differ from what a model, trained on other rows, is surest of, where classes that overlap do not explain
 * it.
 */
public final class LabelErrors implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT301", "label-errors");
    private static final Threshold FLOOR = new Threshold(
            "floor",
            0.02,
            "share",
            "of the labels that differ where the model is surest, above which they are spoken of; well-kept test sets hold 0.2 to"
                    + " 10 % wrong labels, 3.3 % on average (Northcutt, Athalye, Mueller 2021)");
    private static final Threshold ROWS =
            new Threshold("rows", 5, "rows", "that the floor is worth; fewer are oddities, not a habit");
    private static final Threshold UNEXPLAINED = new Threshold(
            "unexplained",
            0.2,
            "share",
            "of the error of guessing that the model is left with besides the floor; above it, what looks like a wrong label may"
                    + " as well be an input that is missing");
    private static final Threshold RECOGNISED = new Threshold(
            "recognised",
            0.5,
            "share",
            "of the rows that must be of classes which the model recognises, to judge labels at all");

    /** Through medium at a label in twenty, high at one in ten: from there on even robust training loses (data-checks 5.2). */
    private static final SeverityCurve CURVE = SeverityCurve.linear(0.025, 0.11);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return run.data().isPresent()
                && run.data().get().task().equals("classification")
                && !run.data().get().kind().isEmpty();
    }

    @Override
    public List<Need> needs() {
        return List.of(
                Looks.observed(Observation.Kind.LABEL_ERRORS, "labels were not compared with what a model says"));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(Looks.ALPHA, FLOOR, ROWS, UNEXPLAINED, RECOGNISED);
    }

    @Override
    public Verdict examine(Examination examination) {
        Observation look = Looks.of(examination, Observation.Kind.LABEL_ERRORS).get(0);
        double rows = look.get("rows");
        double floor = look.get("floor");
        double least = examination.threshold(this, FLOOR);
        if (look.get("recognised") < examination.threshold(this, RECOGNISED) * rows) {
            return Verdict.unable(
                    "the model (" + look.note("model") + ") recognises the classes of only "
                            + Numbers.percent(look.get("recognised") / rows)
                            + " of the rows, too few to judge labels by",
                    "give probabilities of a better model: `auscult data --probabilities p.npy`");
        }
        boolean certain = Looks.isCertain(examination, this, look);
        if (!certain && look.get("detectable") > Math.max(least, floor)) {
            return Verdict.unable(
                    "with " + Numbers.count(Math.round(rows), "row") + " wrong labels show from a share of "
                            + Numbers.percent(look.get("detectable")) + " on; fewer cannot be told from chance",
                    "more rows; "
                            + (Math.round(look.get("suspects")) == 0
                                    ? "no label looks wrong to the model"
                                    : Numbers.count(Math.round(look.get("suspects")), "suspect")
                                            + " of `auscult data` can be looked through all the same"));
        }
        if (!certain || floor < least || floor * look.get("recognised") < examination.threshold(this, ROWS)) {
            return Verdict.CLEAR;
        }
        double unexplained = look.get("unexplained");
        if (unexplained > examination.threshold(this, UNEXPLAINED)) {
            return Verdict.unable(
                    "labels differ in " + Numbers.percent(floor)
                            + " of the rows that the model is surest of, but the inputs leave "
                            + Numbers.percent(unexplained)
                            + " of the error of guessing open: wrong labels cannot be told from inputs that are missing",
                    "look through the suspects that `auscult data` lists, or give probabilities of a better model");
        }
        return Verdict.found(new Finding(
                INFO,
                CURVE.score(floor),
                "about " + Numbers.percent(floor) + " of the labels (" + Numbers.percent(look.get("noise-low")) + " to "
                        + Numbers.percent(look.get("noise-high"))
                        + ") differ from what a model trained on other rows is sure of; "
                        + Numbers.count(Math.round(look.get("suspects")), "row") + " of the training data "
                        + (Math.round(look.get("suspects")) == 1 ? "is" : "are") + " worth a look",
                Where.data(look.columns(), Looks.examples(List.of(look))),
                Evidence.of(
                        "share of labels that differ where the model is surest",
                        floor,
                        "share",
                        "floor of the error over the rank of the model's confidence, by maximum likelihood",
                        Evidence.of("chance of that without wrong labels", look.get("p-value"), ""),
                        Evidence.of("out-of-sample accuracy of the model", look.get("accuracy"), "share"),
                        Evidence.of("error of guessing that inputs leave open besides", unexplained, "share"),
                        Evidence.of("suspects of confident learning (PBNR)", look.get("suspects"), "rows"),
                        Evidence.of("rows whose most probable class is another", look.get("confusions"), "rows"),
                        Evidence.of("rows", rows, "rows")),
                remedies()));
    }

    private static List<Remedy> remedies() {
        return List.of(
                Remedy.advice(
                        "look through the suspects of the training part, the least probable first, and correct what is wrong;"
                                + " leave the test part as it is"),
                Remedy.edit(
                        "smooth the labels, which takes the edge off wrong ones (Lukasik and others 2020)",
                        Remedy.Safety.LIKELY,
                        "regularization.label-smoothing",
                        "0.1"),
                Remedy.edit(
                        "stop early: a network learns the right labels before it memorises wrong ones (Arpit and others 2017)",
                        Remedy.Safety.LIKELY,
                        "training.early-stopping",
                        "{monitor: validation/loss, patience: 5, restore-best: true}"));
    }
}
