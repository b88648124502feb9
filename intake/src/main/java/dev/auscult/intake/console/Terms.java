package dev.auscult.intake.console;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import dev.auscult.run.MetricVocabulary;
import dev.auscult.run.Quantity;
import dev.auscult.run.Split;

/** What the names of a log mean, looked up once each. */
final class Terms {
    /** A text whose every line has new words is no log worth remembering. */
    private static final int MOST = 2_000;

    private final Map<String, Term> known = new HashMap<>();

    /**
     * What one name means.
     *
     * @param epoch whether it counts epochs
     * @param step whether it counts steps of the run
     * @param batch whether it counts batches of an epoch
     * @param metric whether it is a metric, whatever its unit
     * @param time whether it is a metric in milliseconds
     * @param split the split that it names
     */
    record Term(boolean epoch, boolean step, boolean batch, boolean metric, boolean time, Split split) {}

    Term of(String name) {
        Term term = known.get(name);
        if (term == null) {
            term = look(name);
            if (known.size() < MOST) {
                known.put(name, term);
            }
        }
        return term;
    }

    private static Term look(String name) {
        boolean noise = Words.isNoise(name) || name.toLowerCase(Locale.ROOT).contains("best");
        boolean metric = !name.isEmpty()
                && (Words.isStepTime(name)
                        || (!noise
                                && (Words.isMetric(name)
                                        || MetricVocabulary.resolve(name).quantity() != Quantity.OTHER)));
        return new Term(
                Words.isEpoch(name),
                Words.isStep(name),
                Words.isBatch(name),
                metric,
                name.equalsIgnoreCase("time"),
                Words.split(name));
    }
}
