package dev.auscult.data.compare;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.data.profile.Frame;
import dev.auscult.data.profile.Progress;
import dev.auscult.run.Observation;
import org.jspecify.annotations.Nullable;

/** Looks at a training part and another part of the same table beside one another. */
public final class Comparison {
    private Comparison() {}

    /**
     * What the two parts share that they should not, and where they differ.
     *
     * @param train the training part
     * @param other the test or validation part
     * @param seed of all that is drawn at random
     */
    public static List<Observation> observe(Frame train, Frame other, long seed, Progress progress) {
        return observe(train, other, new DomainShift(train, other, seed), progress);
    }

    /** The same without a model that tells the parts apart by all columns together. */
    public static List<Observation> quick(Frame train, Frame other, Progress progress) {
        return observe(train, other, null, progress);
    }

    private static List<Observation> observe(
            Frame train, Frame other, @Nullable DomainShift together, Progress progress) {
        String what = "comparing " + other.split().label() + " with training data";
        progress.at(what, 0);
        List<ColumnPair> pairs = ColumnPair.shared(train, other);
        ColumnShifts shifts = new ColumnShifts(other);
        List<Observation> all = new ArrayList<>(new LeakedRows(train, other, pairs).observe());
        progress.at(what, 0.4);
        List<Observation> groups = new SharedGroups(other).observe(pairs);
        all.addAll(groups);
        all.addAll(new TimeOrder(train, other).observe(pairs));
        // Groups that were kept apart, as they should, differ by their names.
        List<String> named = groups.stream().flatMap(g -> g.columns().stream()).toList();
        List<ColumnPair> measured =
                pairs.stream().filter(p -> !named.contains(p.name())).toList();
        all.addAll(shifts.inputs(measured));
        progress.at(what, 0.7);
        if (together != null) {
            all.addAll(together.observe(measured, Progress.SILENT));
        }
        all.addAll(shifts.targets(pairs));
        all.addAll(new NewCategories(other).observe(pairs));
        all.addAll(new ScaledApart(other).observe(pairs));
        progress.at(what, 1);
        return List.copyOf(all);
    }
}
