package dev.auscult.diagnose.cause;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.auscult.diagnose.Diagnosis;
import dev.auscult.diagnose.Examination;
import dev.auscult.diagnose.Family;
import dev.auscult.diagnose.Finding;
import dev.auscult.diagnose.Severity;
import dev.auscult.run.TensorKind;

/** From symptoms to causes: a noisy-OR network whose parameters were learned on runs with planted faults. */
public final class CauseModel {
    /** Clues that are shown for and against a cause. */
    private static final int CLUES = 4;

    /** log10 of the likelihood ratio below which a symptom is no clue: a factor of 1.12. */
    private static final double LEAST_CLUE = 0.05;

    /** How much more probable a finding has to be with a cause than without for the cause to explain it. */
    private static final double EXPLAINS = 1.5;

    private final CauseTables tables;

    /** A model of these tables. */
    public CauseModel(CauseTables tables) {
        this.tables = tables;
    }

    /** Reads the tables when they are first asked for. */
    private static final class Shipped {
        private static final CauseModel MODEL = new CauseModel(CauseTables.shipped());
    }

    /** The network that Auscult ships. */
    public static CauseModel shipped() {
        return Shipped.MODEL;
    }

    /** The tables that this rests on. */
    public CauseTables tables() {
        return tables;
    }

    /** The causes of what a run shows. */
    public Differential judge(Examination examination, Diagnosis diagnosis) {
        Signals signals = signals(examination);
        return judge(signals, Symptoms.of(examination, diagnosis).shown(), diagnosis);
    }

    private Differential judge(Signals signals, Map<String, Boolean> shown, Diagnosis diagnosis) {
        boolean silent = diagnosis.findings().stream()
                .noneMatch(f -> f.rule().family() != Family.LOG && f.severity().isAtLeast(Severity.LOW));
        Map<Cause, Double> probabilities = probabilities(signals, shown, silent);
        CauseNetwork network = network(signals);
        List<Suspect> suspects = new ArrayList<>();
        probabilities.forEach((cause, probability) -> suspects.add(new Suspect(
                cause,
                probability,
                explained(network, cause, diagnosis),
                clues(network, cause, shown, 1),
                clues(network, cause, shown, -1))));
        Differential differential = new Differential(signals, suspects, "");
        return new Differential(signals, suspects, tellsApart(differential, shown));
    }

    /**
     * The probability of each cause.
     *
     * @param silent whether the rules found nothing: then no fault comes first unless another cause is certain
     */
    public Map<Cause, Double> probabilities(Signals signals, Map<String, Boolean> shown, boolean silent) {
        Map<Cause, Double> all = network(signals).posterior(tables.priors(), shown);
        return silent ? withoutFindings(all) : all;
    }

    private CauseNetwork network(Signals signals) {
        return tables.networks().getOrDefault(signals, new CauseNetwork(Map.of()));
    }

    /** First, do no harm: where no rule sees anything, only a cause that is certain comes before no fault. */
    private static Map<Cause, Double> withoutFindings(Map<Cause, Double> all) {
        double most = all.entrySet().stream()
                .filter(e -> e.getKey() != Cause.NO_FAULT)
                .mapToDouble(Map.Entry::getValue)
                .max()
                .orElse(0);
        double well = all.getOrDefault(Cause.NO_FAULT, 0.0);
        if (most < well || most >= Differential.CERTAIN) {
            return all;
        }
        Map<Cause, Double> calmed = new EnumMap<>(all);
        double raised = most * (1 + 1e-9);
        calmed.put(Cause.NO_FAULT, raised);
        double sum = 1 - well + raised;
        calmed.replaceAll((cause, p) -> p / sum);
        return calmed;
    }

    /** How much of a run is known, from what it holds. */
    public static Signals signals(Examination examination) {
        if (examination.run().graph().isPresent() && !examination.run().probes().isEmpty()) {
            return Signals.FULL;
        }
        boolean tensors = false;
        for (TensorKind kind : TensorKind.values()) {
            tensors |= examination.run().tensors(kind).anyMatch(s -> s.size() > 0);
        }
        return tensors ? Signals.TENSORS : Signals.CURVES;
    }

    private static List<String> explained(CauseNetwork network, Cause cause, Diagnosis diagnosis) {
        return diagnosis.findings().stream()
                .sorted(Comparator.comparingInt(Finding::score).reversed())
                .map(finding -> finding.rule().code())
                .distinct()
                .filter(code -> {
                    CauseNetwork.Gate gate = network.gates().get(code);
                    return gate != null && gate.shown(cause) >= EXPLAINS * gate.shown(Cause.NO_FAULT);
                })
                .toList();
    }

    private static List<Clue> clues(CauseNetwork network, Cause cause, Map<String, Boolean> shown, int sign) {
        List<Clue> clues = new ArrayList<>();
        shown.forEach((name, is) -> {
            CauseNetwork.Gate gate = network.gates().get(name);
            if (gate != null) {
                double weight = gate.evidence(cause, is) / Math.log(10);
                if (weight * sign >= LEAST_CLUE) {
                    clues.add(new Clue(name, SymptomWords.text(name, is), weight));
                }
            }
        });
        clues.sort(Comparator.comparingDouble((Clue clue) -> -Math.abs(clue.weight()))
                .thenComparing(Clue::symptom));
        List<Clue> first = new ArrayList<>();
        for (Clue clue : clues) {
            // Of several thresholds of one number the weightiest says it.
            if (first.size() < CLUES
                    && first.stream()
                            .noneMatch(f -> SymptomWords.base(f.symptom()).equals(SymptomWords.base(clue.symptom())))) {
                first.add(clue);
            }
        }
        return first;
    }

    private String tellsApart(Differential differential, Map<String, Boolean> shown) {
        Suspect first = differential.suspects().get(0);
        Suspect second = differential.suspects().get(1);
        if (differential.isCertain() || first.probability() <= 0) {
            return "";
        }
        Optional<String> signal = Separation.missing(network(Signals.FULL), first, second, shown);
        return signal.map(what -> what + " would tell " + first.cause().label() + " from "
                        + second.cause().label())
                .orElseGet(() -> Separation.experiment(first.cause(), second.cause()) + " would tell "
                        + first.cause().label() + " from " + second.cause().label());
    }
}
