package dev.auscult.diagnose.rules.data;

import java.util.ArrayList;
import java.util.List;

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
import dev.auscult.run.Observation;
import dev.auscult.run.Run;

/** Flags grey pictures among coloured ones, and coloured ones among grey. */
public final class GreyAmongColour implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT407", "grey-among-colour");
    private static final Threshold TIED = new Threshold(
            "tied",
            0.3,
            "Cramér's V",
            "from which the property goes with the label: a medium association (Cohen 1988)");

    /** Medium at 0.3, a medium association by Cohen (1988); high from 0.5, a strong one: a network can live on it. */
    private static final SeverityCurve ASSOCIATION = SeverityCurve.linear(0.2, 0.5);

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Affected.hasPictures(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Observation.Kind.GREY_AMONG_COLOUR));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(Affected.FEW, TIED, Looks.ALPHA);
    }

    @Override
    public Verdict examine(Examination examination) {
        List<Finding> findings = new ArrayList<>();
        for (Observation observation : Looks.of(examination, Observation.Kind.GREY_AMONG_COLOUR)) {
            if (observation.get("affected") > 0) {
                boolean tied = observation.get("label-association") >= examination.threshold(this, TIED)
                        && observation.numbers().containsKey("p-value")
                        && Looks.isCertain(examination, this, observation);
                int score = Affected.score(examination, this, observation);
                findings.add(Affected.finding(
                        this,
                        tied
                                ? Math.max(score, ASSOCIATION.score(observation.get("label-association")))
                                : Affected.mild(score),
                        observation,
                        "pictures",
                        (observation.get("grey") <= observation.get("colour")
                                        ? "are grey among coloured ones"
                                        : "are coloured among grey ones")
                                + (tied
                                        ? ", and that goes with the label (Cramér's V "
                                                + Numbers.of(observation.get("label-association")) + ")"
                                        : ""),
                        List.of(Remedy.advice(
                                tied
                                        ? "Make all pictures grey (data.image with 1 channel), or find coloured ones for each class"
                                        : "Nothing, or make all pictures grey: data.image with 1 channel"))));
            }
        }
        return Verdict.of(findings);
    }
}
