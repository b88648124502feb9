package dev.auscult.intake.console;

import dev.auscult.run.Split;

/** Hugging Face: a Python dictionary per log step, {@code {'loss': 0.53, 'learning_rate': 1e-05, 'epoch': 0.1}}. */
final class DictForm implements LineForm {
    private final Pairs pairs = new Pairs();

    @Override
    public boolean accept(String line, Output out) {
        int start = line.indexOf("{'");
        if (start < 0 || !line.contains("loss'") || line.length() > 4_000) {
            return false;
        }
        pairs.scan(line.substring(start));
        double epoch = Double.NaN;
        boolean held = false;
        boolean summary = false;
        int metrics = 0;
        for (int i = 0; i < pairs.size(); i++) {
            String name = pairs.name(i);
            if (name.equals("epoch")) {
                epoch = pairs.value(i);
            } else if (!name.isEmpty()) {
                metrics++;
                held |= name.startsWith("eval_");
                summary |= name.equals("train_runtime");
            }
        }
        if (metrics == 0 || summary) {
            return summary;
        }
        if (!Double.isNaN(epoch)) {
            out.epoch(epoch);
        }
        if (!held) {
            out.axis().toNextBatch();
        }
        for (int i = 0; i < pairs.size(); i++) {
            String name = pairs.name(i);
            if (!name.isEmpty() && !name.equals("epoch")) {
                if (held) {
                    out.atStepOverMany(name, Split.VALIDATION, pairs.value(i));
                } else {
                    out.atStep(name, Split.TRAIN, pairs.value(i));
                }
            }
        }
        return true;
    }
}
