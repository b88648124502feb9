package dev.auscult.diagnose.rules.data;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.SeverityCurve;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.run.Observation;
import dev.auscult.run.Run;

/** Flags pictures and sounds that cannot be read. A single one stops a training that meets it. */
public final class CorruptFiles implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT401", "corrupt-files");
    /** Medium from the first file, since training stops at it; high from a tenth: then the copy or the program is at fault. */
    private static final SeverityCurve CURVE = SeverityCurve.logarithmic(0.0005, 0.2);

    private static final int LOWEST_MEDIUM = 40;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Affected.hasPictures(run) || Affected.hasSounds(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Observation.Kind.CORRUPT_FILES));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of();
    }

    @Override
    public Verdict examine(Examination examination) {
        List<Finding> findings = new ArrayList<>();
        for (Observation observation : Looks.of(examination, Observation.Kind.CORRUPT_FILES)) {
            if (observation.get("affected") > 0) {
                String reason = observation.examples().isEmpty()
                        ? ""
                        : ", the first " + observation.examples().get(0).source() + ", which "
                                + observation.examples().get(0).value();
                findings.add(Affected.finding(
                        this,
                        Math.max(LOWEST_MEDIUM, CURVE.score(observation.get("share"))),
                        observation,
                        "files",
                        "cannot be read" + reason,
                        List.of(Remedy.advice("fetch or export these files again, or move them out of the folder"))));
            }
        }
        return Verdict.of(findings);
    }
}
