package dev.auscult.repair.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import dev.auscult.repair.experiment.Trace.Ending;
import dev.auscult.train.spec.LayerSettings;
import dev.auscult.train.spec.Spec;

/** Measures the loss on training examples in evaluation mode and in training mode, after a short training. */
final class EvaluationMode implements Experiment {
    static final String ALIKE = "alike";
    static final String BETTER = "evaluation-better";
    static final String WORSE = "evaluation-worse";

    /** Of the losses, as for the finding train-eval-mismatch. */
    private static final double RATIO = 1.5;

    @Override
    public String name() {
        return "evaluation-mode";
    }

    @Override
    public String does() {
        return "Measures the training loss in evaluation mode beside that in training mode, after a short training";
    }

    @Override
    public List<String> outcomes() {
        return List.of(ALIKE, BETTER, WORSE);
    }

    @Override
    public boolean appliesTo(Spec spec) {
        return spec.model().layers().isEmpty() || spec.model().layers().stream().anyMatch(EvaluationMode::hasModes);
    }

    private static boolean hasModes(LayerSettings layer) {
        return List.of("batch-norm", "dropout", "transformer-block").contains(layer.type())
                || layer.children().stream().anyMatch(EvaluationMode::hasModes);
    }

    @Override
    public long steps(Lab lab) {
        return lab.owedForBaseline();
    }

    @Override
    public Observation run(Lab lab) throws InterruptedException {
        long before = lab.taken();
        Ending ending = lab.baseline().ending();
        double evaluation = mean(ending.evaluationMode());
        double training = mean(ending.trainingMode());
        double clear = Comparing.CLEAR * Comparing.error(ending.evaluationMode(), ending.trainingMode(), true);
        String outcome = ALIKE;
        if (evaluation > RATIO * training && evaluation - training > clear) {
            outcome = WORSE;
        } else if (training > RATIO * evaluation && training - evaluation > clear) {
            outcome = BETTER;
        }
        return new Observation(
                outcome,
                String.format(
                        Locale.ROOT,
                        "after %d steps the loss on training examples is %s in evaluation mode and %s in training mode",
                        lab.shortSteps(),
                        Said.loss(evaluation),
                        Said.loss(training)),
                lab.taken() - before);
    }

    private static double mean(double[] losses) {
        return Arrays.stream(losses).average().orElse(Double.NaN);
    }
}
