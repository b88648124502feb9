package dev.auscult.data;

import java.util.Arrays;
import java.util.List;

import dev.auscult.data.DataSettings.Augment;
import dev.auscult.data.error.DataException;
import dev.auscult.data.load.Augmentation;
import dev.auscult.data.load.Draws;
import dev.auscult.data.load.Permutation;
import org.jspecify.annotations.Nullable;

/** Fills one batch: which examples, read, changed, with their targets. Used by one thread at a time. */
final class BatchFiller {
    private static final String MIXUP = "mixup";
    /** Keeps the draws of a batch apart from those of its examples. */
    private static final long PAIRING = 0x7061697273L;

    private final Examples examples;
    private final LoaderSettings settings;
    private final boolean languageModel;
    private final int elements;
    private final int outputs;
    private final long[] batchShape;
    private final List<Augment> augment;
    /** In the order of {@link #augment}; null for mixup, which changes the batch as a whole. */
    private final @Nullable Augmentation[] augmentations;

    private final boolean mixes;
    private final Draws draws = new Draws();
    private final int[] order;
    private int orderedEpoch = -1;
    /** The batch before mixup, or the sequences before they are cut. */
    private final float[] unmixed;

    private final float[] unmixedValues;
    private final long[] sequence;

    BatchFiller(Examples examples, LoaderSettings settings) {
        this.examples = examples;
        this.settings = settings;
        Inputs inputs = examples.inputs();
        Target target = examples.target();
        this.elements = inputs.elements();
        this.augment = settings.augment();
        this.languageModel = target.task() == Task.LANGUAGE_MODEL;
        if (languageModel && (!inputs.tokens() || elements < 2)) {
            throw new DataException("a language model reads sequences of at least 2 tokens, found "
                    + (inputs.tokens() ? "tokens " : "numbers ") + Extents.of(inputs.shape()));
        }
        this.mixes = augment.stream().anyMatch(a -> a.type().equals(MIXUP));
        this.outputs = target.outputs();
        this.batchShape = languageModel ? new long[] {elements - 1L} : inputs.shape();
        this.augmentations = new Augmentation[augment.size()];
        for (int i = 0; i < augmentations.length; i++) {
            augmentations[i] = augmentation(augment.get(i), inputs);
        }
        this.order = new int[examples.size()];
        int floats = mixes ? Math.multiplyExact(settings.batchSize(), elements) : 0;
        this.unmixed = new float[floats];
        this.unmixedValues = new float[mixes ? Math.multiplyExact(settings.batchSize(), outputs) : 0];
        this.sequence = new long[languageModel ? elements : 0];
    }

    private static @Nullable Augmentation augmentation(Augment augment, Inputs inputs) {
        if (!(augment.probability() >= 0 && augment.probability() <= 1)) {
            throw new DataException(
                    "augment " + augment.type() + ": probability " + augment.probability() + ", wanted 0 to 1");
        }
        if (augment.type().equals(MIXUP)) {
            if (inputs.tokens() || !(augment.amount() > 0)) {
                throw new DataException("augment mixup of " + (inputs.tokens() ? "tokens" : "numbers") + " with alpha "
                        + augment.amount() + ", wanted numbers and alpha greater than 0");
            }
            return null;
        }
        try {
            return Augmentation.of(augment.type(), augment.amount(), inputs.shape(), inputs.tokens());
        } catch (IllegalArgumentException e) {
            throw new DataException("augment " + e.getMessage(), e);
        }
    }

    /** Arrays for a batch, and the batch of full size and the last one that share them. */
    static final class Slot {
        private final Batch full;
        private final Batch last;
        private boolean isLast;

        private Slot(Batch full, Batch last) {
            this.full = full;
            this.last = last;
        }

        Batch batch() {
            return isLast ? last : full;
        }
    }

    Slot newSlot() {
        int size = Math.min(settings.batchSize(), examples.size());
        boolean tokens = examples.inputs().tokens();
        Task task = examples.target().task();
        int perExample = languageModel ? elements - 1 : elements;
        int numbers = Math.multiplyExact(size, perExample);
        boolean soft = mixes || task == Task.REGRESSION || task == Task.MULTI_LABEL;
        int classes = languageModel ? numbers : soft ? 0 : size;
        Batch full = new Batch(
                size,
                batchShape,
                new float[tokens ? 0 : numbers],
                new long[tokens ? numbers : 0],
                new long[classes],
                new float[soft ? Math.multiplyExact(size, outputs) : 0],
                new int[size]);
        int rest = examples.size() % settings.batchSize();
        Batch last = rest == 0
                ? full
                : new Batch(rest, batchShape, full.inputs, full.tokens, full.classes, full.values, full.indices);
        return new Slot(full, last);
    }

    /** Fills in a batch, counted from 0 in the epoch. */
    void fill(Slot slot, int epoch, int number) {
        if (orderedEpoch != epoch) {
            order(epoch);
        }
        int first = number * settings.batchSize();
        int size = Math.min(settings.batchSize(), examples.size() - first);
        slot.isLast = size == slot.last.size && size < settings.batchSize();
        Batch batch = slot.batch();
        for (int i = 0; i < size; i++) {
            int example = order[first + i];
            batch.indices[i] = example;
            if (examples.inputs().tokens()) {
                tokens(batch, i, example, epoch);
            } else {
                examples.inputs().read(example, batch.inputs, i * elements);
                for (int a = 0; a < augmentations.length; a++) {
                    Augmentation augmentation = augmentations[a];
                    if (augmentation != null && drawn(a, epoch, example)) {
                        augmentation.change(batch.inputs, i * elements, draws);
                    }
                }
            }
            target(batch, i, example);
        }
        for (int a = 0; a < augmentations.length; a++) {
            if (augmentations[a] == null) {
                mix(batch, size, epoch, number, a);
            }
        }
    }

    private void order(int epoch) {
        if (settings.shuffle()) {
            Permutation.fill(order, settings.seed(), epoch);
        } else {
            Arrays.setAll(order, i -> i);
        }
        orderedEpoch = epoch;
    }

    /** Begins the draws of one augmentation of one example, and says whether it happens. */
    private boolean drawn(int augmentation, int epoch, int example) {
        return draws.begin(settings.seed(), epoch, example, augmentation)
                .happens(augment.get(augmentation).probability());
    }

    private void tokens(Batch batch, int place, int example, int epoch) {
        long[] to = languageModel ? sequence : batch.tokens;
        int offset = languageModel ? 0 : place * elements;
        examples.inputs().readTokens(example, to, offset);
        int used = examples.inputs().used(example);
        for (int a = 0; a < augmentations.length; a++) {
            Augmentation augmentation = augmentations[a];
            if (augmentation != null && drawn(a, epoch, example)) {
                used = augmentation.changeTokens(
                        to, offset, used, examples.inputs().padding(), draws);
            }
        }
        if (languageModel) {
            int length = elements - 1;
            System.arraycopy(sequence, 0, batch.tokens, place * length, length);
            System.arraycopy(sequence, 1, batch.classes, place * length, length);
            // The padding at the end is nothing to predict.
            for (int i = Math.max(0, used - 1); i < length; i++) {
                batch.classes[place * length + i] = -1;
            }
        }
    }

    private void target(Batch batch, int place, int example) {
        Target target = examples.target();
        switch (target.task()) {
            case CLASSIFICATION -> {
                int found = target.classOf(example);
                if (mixes) {
                    Arrays.fill(batch.values, place * outputs, (place + 1) * outputs, 0);
                    if (found >= 0) {
                        batch.values[place * outputs + found] = 1;
                    }
                } else {
                    batch.classes[place] = found;
                }
            }
            case REGRESSION, MULTI_LABEL -> {
                for (int o = 0; o < outputs; o++) {
                    batch.values[place * outputs + o] = target.value(example, o);
                }
            }
            case LANGUAGE_MODEL -> {}
        }
    }

    /**
     * Mixes each example with another of its batch: x ← λ·x + (1 − λ)·x′, y alike, λ from Beta(α, α) (Zhang and others:
     * mixup, ICLR 2018). Partners are the batch turned by a random number of places.
     */
    private void mix(Batch batch, int size, int epoch, int number, int augmentation) {
        if (size < 2) {
            return;
        }
        int turn = 1
                + draws.begin(settings.seed(), epoch, number, PAIRING + augmentation)
                        .nextInt(size - 1);
        System.arraycopy(batch.inputs, 0, unmixed, 0, size * elements);
        System.arraycopy(batch.values, 0, unmixedValues, 0, size * outputs);
        double alpha = augment.get(augmentation).amount();
        for (int i = 0; i < size; i++) {
            if (!drawn(augmentation, epoch, batch.indices[i])) {
                continue;
            }
            float own = (float) draws.nextBeta(alpha);
            float other = 1 - own;
            int partner = (i + turn) % size;
            blend(batch.inputs, unmixed, i * elements, partner * elements, elements, own, other);
            blend(batch.values, unmixedValues, i * outputs, partner * outputs, outputs, own, other);
        }
    }

    private static void blend(float[] into, float[] from, int mine, int theirs, int length, float own, float other) {
        for (int i = 0; i < length; i++) {
            into[mine + i] = own * from[mine + i] + other * from[theirs + i];
        }
    }
}
