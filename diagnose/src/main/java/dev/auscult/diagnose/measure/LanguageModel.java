package dev.auscult.diagnose.measure;

import java.util.Locale;

import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Setting;

/** Whether a run trains a language model, whose loss is the cross-entropy of a token in nats. */
public final class LanguageModel {
    /** Labels beyond which a classifier is taken for a vocabulary. */
    private static final double VOCABULARY = 5000;

    private LanguageModel() {}

    /** True if the log has a perplexity, counts tokens, or names a vocabulary-sized number of classes. */
    public static boolean isLikely(Run run) {
        return run.settings().number(Setting.CLASSES).orElse(0) >= VOCABULARY
                || run.metrics().stream()
                        .anyMatch(s -> s.key().quantity() == Quantity.PERPLEXITY
                                || s.key().name().toLowerCase(Locale.ROOT).contains("token"));
    }
}
