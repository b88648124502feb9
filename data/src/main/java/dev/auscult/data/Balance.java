package dev.auscult.data;

import java.util.Arrays;

import dev.auscult.data.error.DataException;
import dev.auscult.data.load.Draws;

/** Evens out rare and frequent classes of the training part by more examples of the rare ones. */
public final class Balance {
    /** Neighbours that SMOTE looks at, as its authors did. */
    private static final int NEIGHBOURS = 5;
    /** Among more examples of a class than this, neighbours are looked for in a sample of so many. */
    private static final int CANDIDATES = 5_000;

    private Balance() {}

    /**
     * The examples, with as many of each class as the most frequent one has where {@code imbalance} is {@code oversample}
     * (again the same ones) or {@code smote} (new ones between neighbours); the given examples come first, in their order.
     * {@code none} and {@code class-weights}, which the loss sees to, change nothing.
     *
     * @param training examples of the training part, never of another
     * @param seed which examples are taken
     * @throws DataException where the examples are not of classes, or SMOTE has no vectors of numbers
     */
    public static Examples apply(Examples training, DataSettings settings, long seed) {
        boolean smote = settings.imbalance().equals("smote");
        switch (settings.imbalance()) {
            case "none", "class-weights" -> {
                return training;
            }
            case "oversample", "smote" -> {}
            default ->
                throw new DataException("imbalance: '" + settings.imbalance()
                        + "', wanted one of none, class-weights, oversample, smote");
        }
        Target target = training.target();
        if (target.task() != Task.CLASSIFICATION) {
            throw new DataException("imbalance: " + settings.imbalance() + " is for a classification, found "
                    + target.task().label() + "; set it to none");
        }
        Inputs inputs = training.inputs();
        if (smote && (inputs.tokens() || inputs.shape().length != 1)) {
            throw new DataException("imbalance: smote is for vectors of numbers, found "
                    + (inputs.tokens() ? "tokens " : "examples of shape ") + Extents.of(inputs.shape())
                    + "; use oversample");
        }
        int[][] members = members(target);
        int most = Arrays.stream(members).mapToInt(m -> m.length).max().orElse(0);
        long total = training.size();
        for (int[] of : members) {
            total += of.length == 0 ? 0 : most - of.length;
        }
        if (total > Integer.MAX_VALUE - 8) {
            throw new DataException("imbalance: " + settings.imbalance() + " would make " + total
                    + " examples, at most 2,147,483,639 are possible; use class-weights");
        }
        return smote
                ? smote(training, members, most, (int) total, seed)
                : oversample(training, members, most, (int) total, seed);
    }

    /** The examples of each class, in their order. */
    private static int[][] members(Target target) {
        int[] counts = new int[target.outputs()];
        for (int i = 0; i < target.size(); i++) {
            counts[target.classOf(i)]++;
        }
        int[][] members = new int[counts.length][];
        for (int c = 0; c < counts.length; c++) {
            members[c] = new int[counts[c]];
        }
        int[] filled = new int[counts.length];
        for (int i = 0; i < target.size(); i++) {
            int of = target.classOf(i);
            members[of][filled[of]++] = i;
        }
        return members;
    }

    /** Every example of a rare class comes again equally often, but for one; which ones, chance decides. */
    private static Examples oversample(Examples training, int[][] members, int most, int total, long seed) {
        int[] indices = new int[total];
        Arrays.setAll(indices, i -> i);
        int next = training.size();
        for (int c = 0; c < members.length; c++) {
            int[] of = members[c].clone();
            for (int missing = of.length == 0 ? 0 : most - of.length; missing > 0; ) {
                int take = Math.min(missing, of.length);
                shuffle(of, new Draws().begin(seed, 0, c, missing));
                System.arraycopy(of, 0, indices, next, take);
                next += take;
                missing -= take;
            }
        }
        return Subset.of(training, indices);
    }

    private static void shuffle(int[] x, Draws draws) {
        for (int i = x.length - 1; i > 0; i--) {
            int other = draws.nextInt(i + 1);
            int kept = x[i];
            x[i] = x[other];
            x[other] = kept;
        }
    }

    /**
     * SMOTE (Chawla, Bowyer, Hall and Kegelmeyer, 2002): x + λ·(x′ − x) with x′ one of the five nearest examples of the
     * class and λ uniform in 0..1; a feature of 0 and 1 alone is taken from the nearer of both.
     * A class with one example has no neighbour: it is repeated.
     */
    private static Examples smote(Examples training, int[][] members, int most, int total, long seed) {
        int size = training.size();
        int[] from = new int[total - size];
        int[] towards = new int[total - size];
        float[] share = new float[total - size];
        int[] classes = new int[total];
        for (int i = 0; i < size; i++) {
            classes[i] = training.target().classOf(i);
        }
        int next = 0;
        for (int c = 0; c < members.length; c++) {
            int[] of = members[c];
            int missing = of.length == 0 ? 0 : most - of.length;
            if (missing == 0) {
                continue;
            }
            int[] candidates = candidates(of, seed, c);
            float[] vectors = vectors(training.inputs(), candidates);
            float[] own = new float[training.inputs().elements()];
            int k = Math.min(NEIGHBOURS, candidates.length - 1);
            int[][] nearest = new int[of.length][];
            for (int i = 0; i < missing; i++) {
                Draws draws = new Draws().begin(seed, 0, c, i);
                int base = draws.nextInt(of.length);
                int other = of[base];
                if (k > 0) {
                    if (nearest[base] == null) {
                        training.inputs().read(of[base], own, 0);
                        nearest[base] = nearest(vectors, candidates, own, of[base], k);
                    }
                    other = candidates[nearest[base][draws.nextInt(k)]];
                }
                from[next] = of[base];
                towards[next] = other;
                share[next] = (float) draws.nextDouble();
                classes[size + next] = c;
                next++;
            }
        }
        Target target = training.target();
        return new Examples(
                new Between(training.inputs(), from, towards, share, yesOrNo(training.inputs())),
                Target.ofClasses(target.origin(), classes, target.names()));
    }

    /** The examples of a class, or a sample of them. */
    private static int[] candidates(int[] of, long seed, int c) {
        if (of.length <= CANDIDATES) {
            return of;
        }
        int[] some = of.clone();
        shuffle(some, new Draws().begin(seed, 1, c, 0));
        int[] kept = Arrays.copyOf(some, CANDIDATES);
        Arrays.sort(kept);
        return kept;
    }

    /** Which features hold nothing but 0 and 1: between them there is nothing. */
    private static boolean[] yesOrNo(Inputs inputs) {
        float[] x = new float[inputs.elements()];
        boolean[] only = new boolean[x.length];
        Arrays.fill(only, true);
        for (int i = 0; i < inputs.size(); i++) {
            inputs.read(i, x, 0);
            for (int f = 0; f < x.length; f++) {
                only[f] &= x[f] == 0 || x[f] == 1;
            }
        }
        return only;
    }

    private static float[] vectors(Inputs inputs, int[] of) {
        int features = inputs.elements();
        float[] vectors = new float[Math.multiplyExact(of.length, features)];
        for (int i = 0; i < of.length; i++) {
            inputs.read(of[i], vectors, i * features);
        }
        return vectors;
    }

    /** Places of the k candidates that are nearest to a vector, but for itself, nearest first; of equal ones the first. */
    private static int[] nearest(float[] vectors, int[] candidates, float[] to, int self, int k) {
        int features = to.length;
        int[] found = new int[k];
        double[] distances = new double[k];
        int count = 0;
        for (int i = 0; i < candidates.length; i++) {
            if (candidates[i] == self) {
                continue;
            }
            double distance = 0;
            for (int f = 0; f < features; f++) {
                double difference = vectors[i * features + f] - to[f];
                distance += difference * difference;
            }
            if (count == k && !(distance < distances[k - 1])) {
                continue;
            }
            int place = count < k ? count++ : k - 1;
            while (place > 0 && distance < distances[place - 1]) {
                distances[place] = distances[place - 1];
                found[place] = found[place - 1];
                place--;
            }
            distances[place] = distance;
            found[place] = i;
        }
        return found;
    }

    /** Vectors, followed by points on the lines between some of them, computed when they are read. */
    private static final class Between implements Inputs {
        private final Inputs given;
        private final int[] from;
        private final int[] towards;
        private final float[] share;
        private final boolean[] yesOrNo;
        private final ThreadLocal<float[]> other;

        Between(Inputs given, int[] from, int[] towards, float[] share, boolean[] yesOrNo) {
            this.yesOrNo = yesOrNo;
            this.given = given;
            this.from = from;
            this.towards = towards;
            this.share = share;
            int features = given.elements();
            this.other = ThreadLocal.withInitial(() -> new float[features]);
        }

        @Override
        public int size() {
            return given.size() + from.length;
        }

        @Override
        public long[] shape() {
            return given.shape();
        }

        @Override
        public void read(int index, float[] into, int offset) {
            if (index < given.size()) {
                given.read(index, into, offset);
                return;
            }
            int made = index - given.size();
            float[] neighbour = other.get();
            given.read(from[made], into, offset);
            given.read(towards[made], neighbour, 0);
            for (int f = 0; f < neighbour.length; f++) {
                float along = yesOrNo[f] ? Math.round(share[made]) : share[made];
                into[offset + f] += along * (neighbour[f] - into[offset + f]);
            }
        }
    }
}
