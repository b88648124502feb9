package dev.auscult.intake.console;

import dev.auscult.run.Split;

/** Deeplearning4j: {@code Score at iteration 100 is 0.63}. */
final class ScoreForm implements LineForm {
    private static final String MARK = "Score at iteration ";

    private final Pairs pairs = new Pairs();

    @Override
    public boolean accept(String line, Output out) {
        int at = line.indexOf(MARK);
        if (at < 0) {
            return false;
        }
        pairs.scan(line.substring(at));
        if (pairs.size() < 2) {
            return false;
        }
        out.step(pairs.value(0));
        out.atStep("Score", Split.TRAIN, pairs.value(1));
        return true;
    }
}
