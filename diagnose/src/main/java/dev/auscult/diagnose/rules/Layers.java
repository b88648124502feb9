package dev.auscult.diagnose.rules;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.auscult.diagnose.Severity;
import dev.auscult.run.Run;
import dev.auscult.run.Setting;

/** What rules on tensors share: how they name places, and how they hold back without evidence from the loss. */
final class Layers {
    private static final int HIGHEST_LOW = Severity.MEDIUM.lowestScore() - 1;

    private Layers() {}

    /** Where something was seen: {@code in 4 of 12 layers, worst fc2}. */
    static String place(List<String> seen, int of, String worst) {
        if (of == 1) {
            return "in " + worst;
        }
        return "in " + seen.size() + " of " + of + " layers" + (seen.size() > 1 ? ", worst " + worst : ": " + worst);
    }

    /** A score that stays below medium: for what is strange but has not been shown to hurt. */
    static int mild(int score) {
        return Math.min(score, HIGHEST_LOW);
    }

    /** Whether the optimizer divides the gradient by its own size, so that its scale does not matter. */
    static boolean isAdaptive(Run run) {
        String optimizer = run.settings().text(Setting.OPTIMIZER).orElse("").toLowerCase(Locale.ROOT);
        return ADAPTIVE.matcher(optimizer).find();
    }

    private static final Pattern ADAPTIVE =
            Pattern.compile("adam|rmsprop|adagrad|adadelta|adafactor|lion|lamb|lars|muon|sophia");
}
