package dev.auscult.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

import dev.auscult.data.DataSettings.Validation;
import dev.auscult.data.error.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Parts examples into training and validation. The same seed gives the same parts; each part is in ascending order.
 *
 * <p>The generator is {@link Random}, whose numbers are part of its specification.
 */
final class Splitter {
    private Splitter() {}

    /** The two parts, each as ascending numbers of examples. */
    static final class Parts {
        /** Examples to learn from. */
        final int[] training;
        /** Examples to judge by; empty for none. */
        final int[] validation;
        /** What was done, for people: {@code stratified}. */
        final String how;

        Parts(int[] training, int[] validation, String how) {
            this.training = training;
            this.validation = validation;
            this.how = how;
        }
    }

    /** What is known of the examples. */
    static final class Known {
        private final int size;
        private final int @Nullable [] classes;
        private final int @Nullable [] groups;
        private final double @Nullable [] times;

        /**
         * @param size how many there are
         * @param classes the class of each; null where there are none
         * @param groups the group of each; null where none were asked for
         * @param times the time of each; null where none was asked for
         */
        Known(int size, int @Nullable [] classes, int @Nullable [] groups, double @Nullable [] times) {
            this.size = size;
            this.classes = classes;
            this.groups = groups;
            this.times = times;
        }
    }

    static Parts split(Known known, Validation wanted, long seed) {
        int size = known.size;
        if (size == 0) {
            throw new DataException("there are no examples; wanted at least one");
        }
        if (wanted.folds() > 0) {
            return folds(known, wanted, seed);
        }
        if (!(wanted.fraction() >= 0 && wanted.fraction() < 1)) {
            throw new DataException(
                    "data.validation.fraction is " + wanted.fraction() + ", wanted a share from 0 to below 1");
        }
        if (wanted.fraction() == 0) {
            return new Parts(IntStream.range(0, size).toArray(), new int[0], "no validation");
        }
        if (size < 2) {
            throw new DataException("there is 1 example, wanted at least 2 to hold one out for validation");
        }
        // As scikit-learn rounds; the small number mends 0.1·10 = 1.0000000000000002.
        int held = Math.max(1, Math.min(size - 1, (int) Math.ceil(size * wanted.fraction() - 1e-9)));
        int[] order = shuffled(size, seed);
        if (known.times != null) {
            return byTime(known.times, size - held, size);
        }
        if (known.groups != null) {
            return byGroup(known.groups, held, seed);
        }
        boolean[] out = new boolean[size];
        String how = "at random";
        if (known.classes != null && wanted.stratified()) {
            if (stratify(known.classes, order, held, out) == held) {
                return parts(out, "stratified");
            }
            if (size < 3) {
                throw new DataException(
                        "there are " + size + " examples, each of a class of its own; wanted more to hold"
                                + " one out for validation, or say data.validation.fraction: 0");
            }
            Arrays.fill(out, false);
            how = "at random (too many classes have a single example for stratified)";
        }
        for (int i = 0; i < held; i++) {
            out[order[i]] = true;
        }
        return parts(out, how);
    }

    /** Numbers below size in random order (Fisher and Yates). */
    static int[] shuffled(int size, long seed) {
        int[] order = IntStream.range(0, size).toArray();
        Random random = new Random(seed);
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int other = order[i];
            order[i] = order[j];
            order[j] = other;
        }
        return order;
    }

    private static Parts parts(boolean[] out, String how) {
        int[] training = IntStream.range(0, out.length).filter(i -> !out[i]).toArray();
        int[] validation = IntStream.range(0, out.length).filter(i -> out[i]).toArray();
        return new Parts(training, validation, how);
    }

    private static int[] sizes(int[] labels) {
        int[] sizes = new int[Arrays.stream(labels).max().orElse(-1) + 1];
        for (int label : labels) {
            sizes[label]++;
        }
        return sizes;
    }

    /**
     * Holds out of each class its share, rounded so that the sum is right (largest remainders); a class with one example
     * stays in training.
     *
     * @return how many are held out, fewer than asked where most classes have a single example
     */
    private static int stratify(int[] classes, int[] order, int held, boolean[] out) {
        int[] sizes = sizes(classes);
        int[] quota = new int[sizes.length];
        double[] remainder = new double[sizes.length];
        int given = 0;
        for (int k = 0; k < sizes.length; k++) {
            double share = (double) sizes[k] * held / classes.length;
            quota[k] = sizes[k] < 2 ? 0 : (int) share;
            remainder[k] = share - quota[k];
            given += quota[k];
        }
        int[] byRemainder = IntStream.range(0, sizes.length)
                .boxed()
                .sorted((a, b) -> Double.compare(remainder[b], remainder[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (boolean progress = true; given < held && progress; ) {
            progress = false;
            for (int k : byRemainder) {
                if (given < held && quota[k] + 1 < sizes[k]) {
                    quota[k]++;
                    given++;
                    progress = true;
                }
            }
        }
        for (int i : order) {
            if (quota[classes[i]] > 0) {
                quota[classes[i]]--;
                out[i] = true;
            }
        }
        return given;
    }

    private static Parts byTime(double[] times, int cut, int end) {
        int[] order = inTime(times);
        // Examples of one moment stay together, in training.
        int from = cut;
        while (from < end && from > 0 && times[order[from]] == times[order[from - 1]]) {
            from++;
        }
        if (from == end) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "data.validation.time: the last %,d of %,d examples are all of one moment; wanted later ones to hold"
                            + " out: use another column or another fraction",
                    end - cut,
                    times.length));
        }
        int[] training = Arrays.copyOfRange(order, 0, from);
        int[] validation = Arrays.copyOfRange(order, from, end);
        Arrays.sort(training);
        Arrays.sort(validation);
        return new Parts(training, validation, "the last in time held out");
    }

    private static int[] inTime(double[] times) {
        return IntStream.range(0, times.length)
                .boxed()
                .sorted((a, b) -> Double.compare(times[a], times[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Whole groups, in random order, as long as each brings the number held out nearer to what was asked for. */
    private static Parts byGroup(int[] groups, int held, long seed) {
        int[] sizes = sizes(groups);
        requireGroups(sizes.length, 2);
        boolean[] chosen = new boolean[sizes.length];
        int given = 0;
        int count = 0;
        int[] order = shuffled(sizes.length, seed);
        for (int g : order) {
            boolean nearer = Math.abs(given + sizes[g] - held) < Math.abs(given - held);
            if (nearer && count + 1 < sizes.length) {
                chosen[g] = true;
                given += sizes[g];
                count++;
            }
        }
        if (count == 0) {
            int smallest = order[0];
            for (int g : order) {
                smallest = sizes[g] < sizes[smallest] ? g : smallest;
            }
            chosen[smallest] = true;
            count = 1;
        }
        boolean[] out = new boolean[groups.length];
        for (int i = 0; i < groups.length; i++) {
            out[i] = chosen[groups[i]];
        }
        return parts(out, String.format(Locale.ROOT, "%,d of %,d groups held out", count, sizes.length));
    }

    private static void requireGroups(int found, int wanted) {
        if (found < wanted) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "data.validation.group: found %,d different group%s, wanted at least %,d",
                    found,
                    found == 1 ? "" : "s",
                    wanted));
        }
    }

    private static Parts folds(Known known, Validation wanted, long seed) {
        int folds = wanted.folds();
        int fold = wanted.fold();
        int size = known.size;
        if (folds < 2 || folds > size) {
            throw new DataException(String.format(
                    Locale.ROOT, "data.validation.folds is %d, wanted 2 to %,d (the examples)", folds, size));
        }
        if (fold < 0 || fold >= folds) {
            throw new DataException("data.validation.fold is " + fold + ", wanted 0 to " + (folds - 1));
        }
        String how = "fold " + (fold + 1) + " of " + folds + " held out";
        if (known.times != null) {
            // Each block is judged by what came before it, never by what came later.
            int block = size / (folds + 1);
            if (block == 0) {
                throw new DataException(
                        "data.validation.folds by time needs at least " + (folds + 1) + " examples, found " + size);
            }
            Parts byTime = byTime(known.times, size - (folds - fold) * block, size - (folds - fold - 1) * block);
            return new Parts(byTime.training, byTime.validation, how + ", in time");
        }
        int[] foldOf;
        if (known.groups != null) {
            foldOf = groupFolds(known.groups, folds, seed);
            how += ", groups kept together";
        } else if (known.classes != null && wanted.stratified()) {
            foldOf = classFolds(known.classes, folds, seed);
            how += ", stratified";
        } else {
            foldOf = new int[size];
            int[] order = shuffled(size, seed);
            for (int i = 0; i < size; i++) {
                foldOf[order[i]] = i % folds;
            }
        }
        boolean[] out = new boolean[size];
        for (int i = 0; i < size; i++) {
            out[i] = foldOf[i] == fold;
        }
        return parts(out, how);
    }

    /** Deals the examples of each class round the folds, going on where the class before left off. */
    private static int[] classFolds(int[] classes, int folds, long seed) {
        int[] order = shuffled(classes.length, seed);
        int[] sizes = sizes(classes);
        int[] next = new int[sizes.length];
        for (int k = 1; k < sizes.length; k++) {
            next[k] = next[k - 1] + sizes[k - 1];
        }
        int[] foldOf = new int[classes.length];
        for (int i : order) {
            foldOf[i] = next[classes[i]]++ % folds;
        }
        return foldOf;
    }

    /** Gives each group, the largest first, to the fold that has the fewest examples. */
    private static int[] groupFolds(int[] groups, int folds, long seed) {
        int[] sizes = sizes(groups);
        requireGroups(sizes.length, folds);
        int[] foldOfGroup = new int[sizes.length];
        int[] load = new int[folds];
        Arrays.stream(shuffled(sizes.length, seed))
                .boxed()
                .sorted((a, b) -> Integer.compare(sizes[b], sizes[a]))
                .forEach(g -> {
                    int least = 0;
                    for (int f = 1; f < folds; f++) {
                        least = load[f] < load[least] ? f : least;
                    }
                    foldOfGroup[g] = least;
                    load[least] += sizes[g];
                });
        return Arrays.stream(groups).map(g -> foldOfGroup[g]).toArray();
    }
}
