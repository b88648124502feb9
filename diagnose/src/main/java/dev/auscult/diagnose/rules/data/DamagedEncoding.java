package dev.auscult.diagnose.rules.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.auscult.diagnose.Evidence;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Need;
import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.Remedy;
import dev.auscult.diagnose.Rule;
import dev.auscult.diagnose.RuleInfo;
import dev.auscult.diagnose.Threshold;
import dev.auscult.diagnose.Verdict;
import dev.auscult.diagnose.Where;
import dev.auscult.run.Observation;
import dev.auscult.run.Run;

/** Flags texts that went through the wrong encoding. */
public final class DamagedEncoding implements Rule {
    private static final RuleInfo INFO = RuleInfo.preview("DAT503", "damaged-encoding");
    private static final Threshold ENTITIES = new Threshold(
            "entities", 0.005, "share", "of the texts with HTML entities, above which they are remarked on");

    private static final int LOW = 20;

    @Override
    public RuleInfo info() {
        return INFO;
    }

    @Override
    public boolean appliesTo(Run run) {
        return Affected.hasTexts(run);
    }

    @Override
    public List<Need> needs() {
        return List.of(Looks.observed(Observation.Kind.DAMAGED_ENCODING));
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(Affected.FEW, ENTITIES);
    }

    @Override
    public Verdict examine(Examination examination) {
        return Affected.ofEachPart(examination, Observation.Kind.DAMAGED_ENCODING, observation -> {
            if (observation.get("affected") > 0) {
                String first = observation.examples().isEmpty()
                        ? ""
                        : ", such as “" + observation.examples().get(0).value() + "”";
                return Optional.of(Affected.finding(
                        this,
                        Affected.score(examination, this, observation),
                        observation,
                        "texts",
                        "have characters that come of a wrong encoding" + first,
                        List.of(Remedy.advice("read the source again as UTF-8, or repair the texts (say with ftfy)"))));
            }
            boolean many =
                    observation.get("entities") / observation.get("rows") > examination.threshold(this, ENTITIES);
            return many ? Optional.of(entities(observation)) : Optional.empty();
        });
    }

    private Finding entities(Observation observation) {
        double share = observation.get("entities") / observation.get("rows");
        return new Finding(
                INFO,
                LOW,
                String.format(
                        Locale.ROOT,
                        "%,.0f of %,.0f %s texts%s (%s) hold HTML entities such as &lt; or #39;",
                        observation.get("entities"),
                        observation.get("rows"),
                        observation.split().label(),
                        observation.columns().isEmpty() ? "" : " in " + Looks.names(observation.columns()),
                        Numbers.percent(share)),
                Where.data(observation.columns(), Looks.examples(List.of(observation))),
                Evidence.of(
                        "share of the texts with HTML entities",
                        share,
                        "share",
                        "entities / rows",
                        Evidence.of("texts with HTML entities", observation.get("entities"), "texts")),
                List.of(Remedy.advice("turn entities into characters (html.unescape), in training and in use alike")));
    }
}
