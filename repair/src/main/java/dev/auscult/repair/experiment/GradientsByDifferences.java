package dev.auscult.repair.experiment;

import java.util.List;
import java.util.Locale;

import dev.auscult.train.check.GradientCheck;
import dev.auscult.train.check.GradientCheck.Block;
import dev.auscult.train.check.GradientReport;
import dev.auscult.train.loop.Setup;
import dev.auscult.train.spec.Spec;

/** Compares gradients with difference quotients in float64; and sees whether any parameter has none at all. */
final class GradientsByDifferences implements Experiment {
    static final String RIGHT = "right";
    static final String ZERO = "zero";
    static final String WRONG = "wrong";

    /** As for the finding gradient-check-failed. */
    private static final double RELATIVE_ERROR = 1e-4;

    private static final double SIZE = 1e-8;

    /** Coordinates of a parameter and examples that the check takes. */
    private static final long COORDINATES = 10;

    private static final long EXAMPLES = 8;

    @Override
    public String name() {
        return "gradient-check";
    }

    @Override
    public String does() {
        return "Compares the gradients at the initial weights with difference quotients in float64";
    }

    @Override
    public List<String> outcomes() {
        return List.of(RIGHT, ZERO, WRONG);
    }

    @Override
    public boolean appliesTo(Spec spec) {
        return true;
    }

    /**
     * Two passes forward for each coordinate and one for the middle, which three cost about a step (a backward pass takes two
     * forward ones); counted as the steps that see as many examples.
     */
    @Override
    public long steps(Lab lab) {
        long batch =
                Math.min(lab.spec().training().batchSize(), lab.data().train().size());
        return Math.max(1, (lab.trainedTensors() * COORDINATES * EXAMPLES + batch - 1) / batch);
    }

    @Override
    public Observation run(Lab lab) {
        GradientReport report;
        try (Setup setup = lab.setup()) {
            report = GradientCheck.run(setup);
        }
        List<Block> wrong =
                report.blocks().stream().filter(GradientsByDifferences::isWrong).toList();
        List<Block> zero =
                report.blocks().stream().filter(GradientsByDifferences::isZero).toList();
        String outcome = !wrong.isEmpty() ? WRONG : zero.isEmpty() ? RIGHT : ZERO;
        return new Observation(
                outcome,
                String.format(
                        Locale.ROOT,
                        "of %d parameters, gradients of %d are wrong and of %d zero%s",
                        report.blocks().size(),
                        wrong.size(),
                        zero.size(),
                        zero.isEmpty() ? "" : ", the first " + zero.get(0).name()),
                steps(lab));
    }

    private static boolean isWrong(Block block) {
        boolean large = !(Math.max(Math.abs(block.analytic()), Math.abs(block.numeric())) <= SIZE);
        return block.checked() > 0 && large && !(block.relativeError() <= RELATIVE_ERROR);
    }

    /**
     * The check reports the largest gradient where all agree: if that is zero, all are. Words that no example has take none, in
     * the soundest embedding.
     */
    private static boolean isZero(Block block) {
        return !block.name().contains("embedding")
                && block.checked() > 0
                && block.relativeError() == 0
                && block.analytic() == 0
                && block.numeric() == 0;
    }
}
