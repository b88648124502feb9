package dev.auscult.diagnose.measure;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.auscult.run.Quantity;
import dev.auscult.run.Run;
import dev.auscult.run.Series;
import dev.auscult.run.Setting;
import dev.auscult.run.Split;

/** What kind of task a run trains on, as far as its log tells. */
public final class Task {
    private static final int MOST_ROWS = 50;

    /** Who plays in a name: {@code loss_G}, {@code d_loss}, {@code critic_loss}, {@code train/generator}. */
    private static final Pattern ROLE = Pattern.compile(
            "(?<![a-z])(discriminator|disc|critic|generator|gen|actor|policy|d(?=_?loss)|g(?=_?loss)|(?<=loss_)[dg])(?![a-z])");

    /** The first letters of those whose loss opposes that of the others. */
    private static final List<Character> OPPONENTS = List.of('d', 'c');

    /** Tasks in the vocabulary of the training spec whose outputs are one score for each class or token. */
    private static final List<String> CHOICES = List.of("classification", "language-model");

    private Task() {}

    /** Whether a reward is logged: the losses of reinforcement learning have no fixed target. */
    public static boolean isReinforcement(Run run) {
        return run.metrics().stream().anyMatch(s -> s.key().quantity() == Quantity.REWARD);
    }

    /**
     * Whether losses with opposite goals are logged: a generator against a discriminator or critic, or an actor against a
     * critic. Neither has a fixed target, and their sum means nothing.
     */
    public static boolean isAdversarial(Run run) {
        boolean opponent = false;
        boolean player = false;
        boolean discriminator = false;
        for (Series series : run.metrics()) {
            if (series.key().quantity() == Quantity.LOSS || series.key().quantity() == Quantity.OTHER) {
                Matcher role = ROLE.matcher(series.key().name().toLowerCase(Locale.ROOT));
                while (role.find()) {
                    String word = role.group(1);
                    discriminator |= word.equals("discriminator");
                    opponent |= OPPONENTS.contains(word.charAt(0));
                    player |= !OPPONENTS.contains(word.charAt(0));
                }
            }
        }
        return discriminator || (opponent && player);
    }

    /** Whether the settings name an optimizer that scales its steps (Adam and its kin). */
    public static boolean isAdaptive(Run run) {
        String optimizer = optimizer(run);
        return Stream.of("adam", "rmsprop", "lamb", "lion").anyMatch(optimizer::contains);
    }

    /** Whether the settings name gradient descent, with or without momentum. */
    public static boolean isPlainGradientDescent(Run run) {
        return optimizer(run).contains("sgd") || optimizer(run).contains("momentum");
    }

    private static String optimizer(Run run) {
        return run.settings().text(Setting.OPTIMIZER).orElse("").toLowerCase(Locale.ROOT);
    }

    /** Whether the run is known to predict numbers, which are neither right nor wrong. */
    public static boolean isRegression(Run run) {
        return run.graph().map(g -> g.task().equals("regression")).orElse(false);
    }

    /** Number of classes, or vocabulary size, if the settings name it or the network is known to choose among so many. */
    public static OptionalInt classes(Run run) {
        OptionalDouble named = run.settings().number(Setting.CLASSES);
        double classes = named.isPresent() ? named.getAsDouble() : choices(run);
        return classes >= 2 && classes < 1e7 && classes == Math.rint(classes)
                ? OptionalInt.of((int) classes)
                : OptionalInt.empty();
    }

    /**
     * The cross-entropy [nats] of guessing by the class shares: the entropy of the training labels, or the logarithm of the
     * number of classes where only that is known.
     */
    public static OptionalDouble costOfGuessing(Run run) {
        OptionalDouble entropy = run.data().stream()
                .flatMap(data -> data.parts().stream())
                .filter(part ->
                        part.split() == Split.TRAIN && part.labelCounts().size() >= 2)
                .mapToDouble(part -> entropy(part.labelCounts().values()))
                .findFirst();
        OptionalInt classes = classes(run);
        return entropy.isPresent() || classes.isEmpty()
                ? entropy
                : OptionalDouble.of(Math.log((double) classes.getAsInt()));
    }

    /** Entropy of the shares of labels [nats]. */
    public static double entropy(Collection<Long> counts) {
        double total = counts.stream().mapToDouble(Long::doubleValue).sum();
        return counts.stream()
                .mapToDouble(Long::doubleValue)
                .filter(count -> count > 0)
                .map(count -> -count / total * Math.log(count / total))
                .sum();
    }

    private static double choices(Run run) {
        return run.graph()
                .filter(graph -> CHOICES.contains(graph.task()))
                .map(graph -> (double) graph.outputs())
                .orElse(Double.NaN);
    }

    /**
     * The size of a data set of at most 50 rows, from a share measured on it: the smallest k of which all values are
     * whole multiples of 1/k, within the rounding of four decimals. Empty if there is none, or fewer than five points with
     * three different values to tell from.
     */
    public static OptionalInt rows(Curve share) {
        if (share.isEmpty() || share.min() < 0 || share.max() > 1) {
            return OptionalInt.empty();
        }
        double[] values = share.values();
        if (Arrays.stream(values).distinct().count() < 3 || values.length < 5) {
            return OptionalInt.empty();
        }
        for (int k = 2; k <= MOST_ROWS; k++) {
            boolean fits = true;
            for (double v : values) {
                fits &= Math.abs(v * k - Math.rint(v * k)) <= 1e-4 * k;
            }
            if (fits) {
                return OptionalInt.of(k);
            }
        }
        return OptionalInt.empty();
    }
}
