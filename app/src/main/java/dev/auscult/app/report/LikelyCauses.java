package dev.auscult.app.report;

import java.util.List;
import java.util.stream.Collectors;

import dev.auscult.diagnose.Numbers;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.diagnose.cause.Differential;
import dev.auscult.diagnose.cause.Suspect;
import dev.auscult.repair.remedy.Treatment;
import dev.auscult.repair.remedy.Treatments;

/** The causes of a run that are worth a person's time. */
public final class LikelyCauses {
    private static final int MOST = 3;
    /** Below it a cause is one of many, and a list of those helps nobody. */
    private static final double LEAST = 0.05;
    /** A first cause below it does not stand out from the rest. */
    private static final double LEAST_OF_FIRST = 0.1;

    private LikelyCauses() {}

    /**
     * Those of a sick run, the most probable first; none for a healthy one, where no cause stands out, or where none explains
     * anything that was found and none is certain: a guess beside the findings would lead astray.
     */
    static List<Suspect> of(ExaminedRun run) {
        if (!run.isFreshlySick() || run.differential().isEmpty()) {
            return List.of();
        }
        Differential differential = run.differential().get();
        List<Suspect> likely = of(differential);
        boolean explained = likely.stream().anyMatch(s -> !s.explains().isEmpty());
        return explained || differential.isCertain() ? likely : List.of();
    }

    /** The same of a differential; "nothing is wrong" stands among them where it is likely. */
    public static List<Suspect> of(Differential differential) {
        if (differential.first().probability() < LEAST_OF_FIRST) {
            return List.of();
        }
        return differential.suspects().stream()
                .filter(s -> s.probability() >= LEAST)
                .limit(MOST)
                .toList();
    }

    /** {@code unscaled-input 72 %, learning-rate-too-high 18 %}; empty where none has as much as 5 %. */
    public static String summary(Differential differential) {
        return differential.suspects().stream()
                .filter(s -> s.probability() >= LEAST)
                .limit(MOST)
                .map(s -> s.cause().label() + " " + Numbers.percent(s.probability()))
                .collect(Collectors.joining(", "));
    }

    /** What to do first about a cause; empty if nothing is known or nothing is wrong. */
    public static String firstTreatment(Suspect suspect) {
        return suspect.cause() == Cause.NO_FAULT
                ? ""
                : Treatments.of(suspect.cause()).stream()
                        .map(Treatment::text)
                        .findFirst()
                        .orElse("");
    }

    /** {@code learning-rate-too-high 61 %: … (explains LRN101); do: …}. */
    static String line(Suspect suspect) {
        String explains =
                suspect.explains().isEmpty() ? "" : " (explains " + String.join(", ", suspect.explains()) + ")";
        String treatment = firstTreatment(suspect);
        return suspect.cause().label() + " " + Numbers.percent(suspect.probability()) + ": "
                + suspect.cause().meaning() + explains + (treatment.isEmpty() ? "" : "; do: " + treatment);
    }
}
