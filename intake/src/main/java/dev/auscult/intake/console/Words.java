package dev.auscult.intake.console;

import java.util.Locale;

import dev.auscult.run.Split;

/** What the words of progress lines mean. */
final class Words {
    /** Parts of words that only metrics have. */
    private static final String[] PARTS = {
        "loss",
        "accuracy",
        "precision",
        "prec@",
        "acc@",
        "recall",
        "perplex",
        "bleu",
        "rouge",
        "dice",
        "reward",
        "learning rate",
        "learning_rate",
        "entropy",
        "top1",
        "top5",
        "top-1",
        "top-5",
        "rmse",
        "psnr",
        "ssim",
        "return",
        "f1"
    };

    /** Words that are metrics when they stand alone. */
    private static final String[] WHOLE = {
        "acc", "prec", "auc", "ppl", "err", "error", "map", "iou", "miou", "score", "lr", "norm", "grad_norm",
        "gnorm", "mse", "mae", "nll", "kl", "elbo", "wer", "cer", "r2", "mfu", "bpc", "trl", "tel"
    };

    private Words() {}

    static boolean isMetric(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String part : PARTS) {
            if (lower.contains(part)) {
                return true;
            }
        }
        for (String word : WHOLE) {
            if (last(lower, word) >= 0) {
                return true;
            }
        }
        return false;
    }

    static boolean isEpoch(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "epoch",
                    "ep",
                    "epochs",
                    "end of epoch",
                    "starting epoch",
                    "start epoch",
                    "epoch number",
                    "train epoch" -> true;
            default -> false;
        };
    }

    /** Whether a counter of this name counts over the whole run unless an epoch stands beside it. */
    static boolean isStep(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "step",
                    "steps",
                    "s",
                    "iter",
                    "iters",
                    "it",
                    "iteration",
                    "iterations",
                    "global_step",
                    "global step",
                    "num_updates",
                    "update",
                    "updates",
                    "total_timesteps",
                    "at iteration",
                    "validation loss at iteration",
                    "validation loss at iter" -> true;
            default -> false;
        };
    }

    static boolean isBatch(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "batch", "batches", "minibatch", "mini-batch", "batch idx", "batch_idx" -> true;
            default -> false;
        };
    }

    /** Numbers about the clock and the plan, not about the training. */
    static boolean isNoise(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "eta",
                    "elapsed",
                    "remaining",
                    "time",
                    "train_time",
                    "date",
                    "seed",
                    "patience",
                    "best epoch",
                    "gpu",
                    "rank",
                    "pid",
                    "v_num",
                    "is",
                    "at",
                    "of",
                    "in",
                    "to" -> true;
            default -> false;
        };
    }

    static boolean isStepTime(String name) {
        return name.equals("ms/batch") || name.equals("step_avg") || name.equals("elapsed time per iteration");
    }

    /** The split that words name; the last one said wins. */
    static Split split(String words) {
        if (words.isEmpty()) {
            return Split.NONE;
        }
        String lower = words.toLowerCase(Locale.ROOT);
        int train = lower.lastIndexOf("train");
        int held = Math.max(last(lower, "val"), last(lower, "dev"));
        held = Math.max(held, Math.max(lower.lastIndexOf("validation"), last(lower, "eval")));
        held = Math.max(held, Math.max(last(lower, "valid"), lower.lastIndexOf("evaluation")));
        int test = last(lower, "test");
        if (train < 0 && held < 0 && test < 0) {
            return Split.NONE;
        }
        return train > Math.max(held, test) ? Split.TRAIN : test > held ? Split.TEST : Split.VALIDATION;
    }

    /** Where a whole word stands last; −1 if nowhere. */
    private static int last(String text, String word) {
        int at = text.lastIndexOf(word);
        while (at >= 0) {
            int end = at + word.length();
            boolean left = at == 0 || !Character.isLetter(text.charAt(at - 1));
            boolean right = end == text.length() || !Character.isLetter(text.charAt(end));
            if (left && right) {
                return at;
            }
            at = at == 0 ? -1 : text.lastIndexOf(word, at - 1);
        }
        return -1;
    }
}
