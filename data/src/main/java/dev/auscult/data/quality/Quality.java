package dev.auscult.data.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.Observation;

/** Looks at one set of rows for everything that can be wrong with it alone. */
public final class Quality {
    private static final List<Step> STEPS = List.of(
            new Step("missing values", MissingLook::observe),
            new Step("near-constant columns", NearConstantLook::observe),
            new Step("mixed types", MixedLook::observe),
            new Step("spellings", VariantsLook::observe),
            new Step("special values", SpecialLook::observe),
            new Step("outliers", OutliersLook::observe),
            new Step("rows apart", RowOutliersLook::observe),
            new Step("duplicates", DuplicatesLook::observe),
            new Step("ids", IdLook::observe),
            new Step("correlations", CorrelationLook::observe),
            new Step("order", OrderLook::observe));

    private Quality() {}

    /** All that is measured of the rows, wrong or not; rules decide. */
    public static List<Observation> observe(Frame frame, Progress progress) {
        List<Observation> found = new ArrayList<>();
        for (int i = 0; i < STEPS.size(); i++) {
            Step step = STEPS.get(i);
            progress.at("looking for " + step.name, (double) i / STEPS.size());
            if (frame.rows() > 0) {
                found.addAll(step.look.apply(frame));
            }
        }
        progress.at("looked at " + frame.source(), 1);
        return found;
    }

    private record Step(String name, Function<Frame, List<Observation>> look) {}
}
