package dev.auscult.intake.console;

import dev.auscult.run.MetricVocabulary;
import dev.auscult.run.Quantity;
import dev.auscult.run.Setting;
import dev.auscult.run.Split;

/**
 * Every line that names a place in the training (an epoch, a batch, a step) and beside it metrics, in any of the usual
 * notations: nanoGPT, llm.c, Megatron, word_language_model, MXNet, the PyTorch examples, tqdm bars, loggers.
 */
final class PlainForm implements LineForm {
    private static final int LONGEST = 4_000;
    private static final String BATCH_LOSS = "batch loss";

    /** How many lines without a place of their own may follow one that has a place, and still belong to it. */
    private static final int CONTINUATION = 4;

    private final Pairs pairs = new Pairs();
    private final Terms terms = new Terms();
    private int sincePlace = Integer.MAX_VALUE;
    private boolean lastWasBatch;
    private Split lastSplit = Split.NONE;

    private int epochAt;
    private int countAt;
    private boolean batch;
    private int metrics;

    @Override
    public boolean accept(String line, Output out) {
        sincePlace = sincePlace == Integer.MAX_VALUE ? sincePlace : sincePlace + 1;
        if (line.isEmpty() || line.length() > LONGEST || !hasDigitOrNan(line) || isRemark(line)) {
            return false;
        }
        pairs.scan(line);
        if (pairs.size() == 0) {
            return false;
        }
        classify(line, out);
        if (epochAt < 0 && countAt < 0) {
            batch = lastWasBatch;
            return metrics > 0 && continues(line, out) && emit(line, out, lastWasBatch, lastSplit);
        }
        if (metrics == 0) {
            return epochAt >= 0 && isHeader(line) && header(out);
        }
        Split split = places();
        boolean held = split.isHeldOut();
        if (epochAt >= 0) {
            moveToEpoch(out);
        }
        if (countAt >= 0 && !(held && batch)) {
            moveToCount(out);
        }
        boolean inBatch = countAt >= 0;
        sincePlace = 0;
        lastWasBatch = inBatch;
        lastSplit = split;
        return emit(line, out, inBatch, split);
    }

    private void classify(String line, Output out) {
        epochAt = -1;
        countAt = -1;
        batch = false;
        metrics = 0;
        for (int i = 0; i < pairs.size(); i++) {
            String name = pairs.name(i);
            Terms.Term term = terms.of(name);
            boolean counts = pairs.value(i) >= 0 && pairs.value(i) < 1e15;
            if (epochAt < 0 && counts && term.epoch()) {
                epochAt = i;
            } else if (countAt < 0 && counts && (term.step() || term.batch())) {
                countAt = i;
                batch = term.batch();
            } else if (countAt < 0 && counts && pairs.total(i) > 0 && (name.isEmpty() || name.startsWith("Test"))) {
                countAt = i;
                batch = true;
            } else if (isMetric(i)) {
                metrics++;
            }
        }
        boolean alone = epochAt < 0 && countAt == 0 && Double.isNaN(out.axis().epoch());
        if (alone
                && batch
                && line.stripLeading().startsWith("[")
                && pairs.name(0).isEmpty()) {
            epochAt = 0; // "[3/50] train_loss=…": nothing else in the log is an epoch
            countAt = -1;
        }
    }

    private boolean isMetric(int i) {
        Terms.Term term = terms.of(pairs.name(i));
        return term.metric() || (term.time() && pairs.unit(i).equals("ms"));
    }

    private boolean header(Output out) {
        moveToEpoch(out);
        return true;
    }

    private void moveToEpoch(Output out) {
        out.epoch(pairs.value(epochAt));
        if (pairs.total(epochAt) > 0) {
            out.run().settings().put(Setting.EPOCHS, Long.toString((long) pairs.total(epochAt)));
        }
    }

    private void moveToCount(Output out) {
        double count = pairs.value(countAt);
        double total = pairs.total(countAt);
        if (batch || !Double.isNaN(out.axis().epoch())) {
            boolean perEpoch = batch || epochAt >= 0;
            out.batch(count, perEpoch ? total : Double.NaN);
        } else {
            out.step(count);
            if (total > 0) {
                out.run().settings().put(Setting.STEPS, Long.toString((long) total));
            }
        }
    }

    private boolean emit(String line, Output out, boolean inBatch, Split lineSplit) {
        String section = "";
        boolean uncounted = !inBatch && mentionsBatchLoss(line);
        if (uncounted) {
            out.axis().toNextBatch();
        }
        for (int i = 0; i < pairs.size(); i++) {
            if (i == epochAt || i == countAt || !isMetric(i)) {
                continue;
            }
            String name = pairs.name(i);
            Split own = terms.of(name).split();
            if (own == Split.NONE && terms.of(pairs.section(i)).split() != Split.NONE) {
                section = pairs.section(i);
            }
            Split split = own != Split.NONE ? own : terms.of(section).split();
            split = split != Split.NONE ? split : lineSplit != Split.NONE ? lineSplit : Split.TRAIN;
            value(i, meaning(name, own == Split.NONE ? section : ""), split, out, inBatch || uncounted, lineSplit);
        }
        return true;
    }

    private void value(int i, String name, Split split, Output out, boolean inBatch, Split lineSplit) {
        double value = pairs.value(i);
        double mean = pairs.mean(i);
        if (name.equalsIgnoreCase("time")) {
            out.atStep("ms/step", Split.NONE, value);
        } else if (inBatch && lineSplit.isHeldOut() && batch) {
            out.runningMean(name, split, Double.isNaN(mean) ? value : mean);
        } else if (inBatch && split.isHeldOut()) {
            out.atStepOverMany(name, split, value);
        } else if (inBatch) {
            out.atStep(name, split, value);
            if (!Double.isNaN(mean)) {
                out.runningMean(name, split, mean);
            }
        } else {
            out.atEpoch(name, split, value);
        }
    }

    /** A name that means nothing by itself keeps the section that tells it from its like. */
    private static String meaning(String name, String section) {
        boolean unknown = !section.isEmpty() && MetricVocabulary.resolve(name).quantity() == Quantity.OTHER;
        return unknown ? section + " " + name : name;
    }

    /** The split that the words at the places of the line name; the last one said wins. */
    private Split places() {
        Split split = Split.NONE;
        for (int i : new int[] {countAt, epochAt}) {
            if (i >= 0 && split == Split.NONE) {
                split = terms.of(pairs.name(i)).split();
                split = split == Split.NONE ? terms.of(pairs.section(i)).split() : split;
            }
        }
        return split;
    }

    private boolean continues(String line, Output out) {
        String text = line.stripLeading();
        boolean end = text.startsWith("| End of training") || text.startsWith("val") || text.startsWith("test loss");
        boolean near = sincePlace <= CONTINUATION && out.axis().hasPlace();
        boolean starts = isMetric(0) && pairs.section(0).isEmpty() && line.length() < 300;
        return (near && starts) || (end && out.points() > 0);
    }

    private boolean isHeader(String line) {
        return line.length() < 120 && pairs.size() <= 3;
    }

    /** Sentences of callbacks that repeat numbers of other lines. */
    private static boolean isRemark(String line) {
        return line.contains("improve") || line.contains(" saved ") || line.contains("aving ");
    }

    private static boolean mentionsBatchLoss(String line) {
        int last = line.length() - BATCH_LOSS.length();
        for (int i = 0; i <= last; i++) {
            char c = line.charAt(i);
            if ((c == 'b' || c == 'B') && line.regionMatches(true, i, BATCH_LOSS, 0, BATCH_LOSS.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasDigitOrNan(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c >= '0' && c <= '9') {
                return true;
            }
        }
        return false;
    }
}
