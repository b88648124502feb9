package dev.auscult.diagnose.cause;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Examination;

/**
 * What a run shows and does not show, by name: findings of rules, settings, facts of network, curves, tensors and data.
 *
 * <p>A symptom that cannot be told from what was logged is absent; that is not the same as not shown.
 */
public final class Symptoms {
    private final Map<String, Boolean> shown;

    private Symptoms(Map<String, Boolean> shown) {
        this.shown = Collections.unmodifiableMap(shown);
    }

    /** The symptoms of a run that was judged. */
    public static Symptoms of(Examination examination, Diagnosis diagnosis) {
        Gathering to = new Gathering();
        RuleSymptoms.gather(diagnosis, to);
        CurveSymptoms.gather(examination, to);
        SettingSymptoms.gather(examination, to);
        PlanSymptoms.gather(examination, to);
        NetworkSymptoms.gather(examination, to);
        TensorSymptoms.gather(examination, to);
        return new Symptoms(to.shown);
    }

    /** Whether each symptom is shown, by name; those that cannot be told are absent. */
    public Map<String, Boolean> shown() {
        return shown;
    }

    /** Takes symptoms in. */
    static final class Gathering {
        private final Map<String, Boolean> shown = new TreeMap<>();

        void put(String name, boolean is) {
            shown.put(name, is);
        }

        /** One symptom for each threshold: whether the number is above it. Nothing where the number is unknown. */
        void above(String name, double number, double... thresholds) {
            if (Double.isNaN(number)) {
                return;
            }
            for (double threshold : thresholds) {
                put(name + ">" + label(threshold), number > threshold);
            }
        }

        private static String label(double threshold) {
            return threshold == Math.rint(threshold) && Math.abs(threshold) < 1e6
                    ? String.valueOf((long) threshold)
                    : String.valueOf(threshold);
        }
    }
}
