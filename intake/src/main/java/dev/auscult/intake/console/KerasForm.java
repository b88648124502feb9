package dev.auscult.intake.console;

import dev.auscult.run.Split;

/** Keras: {@code 60/60 [====] - 3s 4ms/step - loss: 0.53 - val_loss: 0.61}, below a line {@code Epoch 3/50}. */
final class KerasForm implements LineForm {
    private final Pairs pairs = new Pairs();
    private double summedUp = Double.NaN;
    private boolean withoutHeader;

    @Override
    public boolean accept(String line, Output out) {
        if (!line.contains(" - ") || !line.contains(": ") || line.contains("poch ")) {
            return false;
        }
        boolean speed = line.contains("/step") || line.contains("/sample") || line.contains("s - ");
        boolean bare = line.startsWith("loss: ") || line.startsWith(" - loss: ");
        if (!bare && (!speed || !startsWithDigit(line))) {
            return false;
        }
        pairs.scan(line);
        boolean progress = pairs.size() > 0 && pairs.name(0).isEmpty() && pairs.total(0) > 0;
        if (!bare && !progress && !line.contains("/step")) {
            return false;
        }
        if (line.contains("ETA:") || isUnfinished()) {
            return true; // a running mean that a later line replaces
        }
        boolean evaluation =
                !withoutHeader && summedUp == out.axis().epoch() && out.axis().hasPlace() && !line.contains("val_");
        if (!out.axis().hasPlace() || withoutHeader) {
            withoutHeader = true;
            out.epoch(Double.isNaN(out.axis().epoch()) ? 1 : out.axis().epoch() + 1);
        }
        summedUp = out.axis().epoch();
        boolean any = false;
        for (int i = 0; i < pairs.size(); i++) {
            String unit = pairs.unit(i);
            if (unit.endsWith("s/step") || unit.endsWith("s/sample")) {
                if (!evaluation) {
                    out.atEpoch("ms/step", Split.NONE, pairs.value(i) * factor(unit));
                }
            } else if (!pairs.name(i).isEmpty() && unit.isEmpty() && isKey(pairs.name(i))) {
                Split split = evaluation ? Split.TEST : Split.TRAIN;
                out.atEpoch(evaluation ? "test_" + pairs.name(i) : pairs.name(i), split, pairs.value(i));
                any = true;
            }
        }
        return any;
    }

    private boolean isUnfinished() {
        return pairs.size() > 0 && pairs.name(0).isEmpty() && pairs.total(0) > pairs.value(0);
    }

    /** Milliseconds per unit of time. */
    private static double factor(String unit) {
        return unit.startsWith("ms") ? 1 : unit.startsWith("us") ? 1e-3 : 1e3;
    }

    private static boolean isKey(String name) {
        return name.indexOf(' ') < 0;
    }

    private static boolean startsWithDigit(String line) {
        String text = line.stripLeading();
        return !text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9';
    }
}
