package dev.auscult.intake.tensorboard;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.auscult.intake.tensors.TensorNames;
import dev.auscult.run.TensorSeriesBuilder;
import dev.auscult.run.TensorSummary;

/** Joins the histograms of a tensor with the counts that are logged beside them, whichever comes first. */
final class TensorTrack {
    private final TensorSeriesBuilder builder;
    private final Map<TensorNames.Extra, Waiting> waiting = new EnumMap<>(TensorNames.Extra.class);

    /** A count whose histogram has not come yet. */
    private record Waiting(long step, double value) {}

    TensorTrack(TensorSeriesBuilder builder) {
        this.builder = builder;
    }

    TensorSeriesBuilder builder() {
        return builder;
    }

    void add(long step, double wallTime, TensorSummary summary) {
        TensorSummary full = summary;
        for (Map.Entry<TensorNames.Extra, Waiting> extra : waiting.entrySet()) {
            if (extra.getValue().step() == step) {
                full = change(extra.getKey(), extra.getValue().value()).apply(full);
            }
        }
        waiting.clear();
        TensorSummary whole = full;
        boolean[] joined = {false};
        builder.amend(step, old -> {
            joined[0] = isCountAlone(old);
            return joined[0] ? whole.withCounts(old.nonFinite(), whole.zeros()) : old;
        });
        if (!joined[0]) {
            builder.add(step, wallTime, whole);
        }
    }

    void extra(TensorNames.Extra extra, long step, double wallTime, double value) {
        if (builder.amend(step, change(extra, value))) {
            return;
        }
        if (extra == TensorNames.Extra.NON_FINITE && value > 0) {
            // Where nothing is finite no histogram will come: the count is all that there is to say.
            builder.add(step, wallTime, TensorSummary.UNKNOWN.withCounts(value, Double.NaN));
        } else {
            waiting.put(extra, new Waiting(step, value));
        }
    }

    private static boolean isCountAlone(TensorSummary summary) {
        return Double.isNaN(summary.count()) && summary.nonFinite() > 0;
    }

    private static UnaryOperator<TensorSummary> change(TensorNames.Extra extra, double value) {
        return switch (extra) {
            case ZEROS -> summary -> summary.withCounts(summary.nonFinite(), value);
            case NON_FINITE -> summary -> summary.withCounts(value, summary.zeros());
            case INACTIVE -> summary -> summary.withInactiveShare(value);
        };
    }
}
