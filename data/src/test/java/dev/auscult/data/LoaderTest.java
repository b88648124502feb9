package dev.auscult.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import dev.auscult.data.DataSettings.Augment;
import dev.auscult.data.error.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoaderTest {
    private static final List<String> CLASSES = List.of("a", "b", "c");

    private static Examples classified(int size) {
        int[] classes = new int[size];
        Arrays.setAll(classes, i -> i % 3);
        return new Examples(Vectors.numbered(size, 1, 4, 5), Target.ofClasses("test", classes, CLASSES));
    }

    private static LoaderSettings settings(int batchSize, boolean shuffle, boolean dropLast, Augment... augment) {
        return new LoaderSettings(batchSize, shuffle, dropLast, List.of(augment), 11);
    }

    /** What a batch holds, kept beyond the next call. */
    private static List<Object> copy(Batch batch, int elements) {
        List<Object> copy = new ArrayList<>();
        copy.add(floats(batch.inputs, batch.size * elements));
        copy.add(ints(batch.indices, batch.size));
        copy.add(floats(batch.values, Math.min(batch.values.length, batch.size * 3)));
        for (int i = 0; i < Math.min(batch.size, batch.classes.length); i++) {
            copy.add(batch.classes[i]);
        }
        return copy;
    }

    private static List<Integer> floats(float[] x, int count) {
        List<Integer> bits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bits.add(Float.floatToRawIntBits(x[i]));
        }
        return bits;
    }

    private static List<Integer> ints(int[] x, int count) {
        return Arrays.stream(x, 0, count).boxed().toList();
    }

    private static List<List<Object>> epoch(Loader loader, int epoch, int first) {
        loader.startEpoch(epoch, first);
        List<List<Object>> batches = new ArrayList<>();
        for (Batch batch = loader.next(); batch != null; batch = loader.next()) {
            batches.add(copy(batch, 20));
        }
        assertThat(loader.next()).isNull();
        return batches;
    }

    @Test
    void anEpochHoldsEveryExampleOnceWithItsOwnTarget() {
        try (Loader loader = Loader.of(classified(103), settings(10, true, false))) {
            assertThat(loader.batchesPerEpoch()).isEqualTo(11);
            for (int epoch = 0; epoch < 3; epoch++) {
                loader.startEpoch(epoch, 0);
                boolean[] seen = new boolean[103];
                int count = 0;
                for (Batch batch = loader.next(); batch != null; batch = loader.next()) {
                    count++;
                    assertThat(batch.size).isEqualTo(count < 11 ? 10 : 3);
                    assertThat(batch.shape).containsExactly(1, 4, 5);
                    assertThat(batch.tokens).isEmpty();
                    assertThat(batch.values).isEmpty();
                    for (int i = 0; i < batch.size; i++) {
                        int example = batch.indices[i];
                        assertThat(seen[example]).isFalse();
                        seen[example] = true;
                        assertThat(batch.classes[i]).isEqualTo(example % 3);
                        for (int e = 0; e < 20; e++) {
                            assertThat(batch.inputs[i * 20 + e]).isEqualTo(example + e / 1000f);
                        }
                    }
                }
                assertThat(count).isEqualTo(11);
                assertThat(seen).doesNotContain(false);
            }
        }
    }

    @Test
    void withoutShufflingTheOrderIsThatOfTheExamples() {
        try (Loader loader = Loader.of(classified(7), settings(3, false, true))) {
            assertThat(loader.batchesPerEpoch()).isEqualTo(2);
            List<List<Object>> first = epoch(loader, 0, 0);
            assertThat(first).extracting(b -> b.get(1)).containsExactly(List.of(0, 1, 2), List.of(3, 4, 5));
            assertThat(epoch(loader, 1, 0)).isEqualTo(first);
        }
        try (Loader whole = Loader.of(classified(7), settings(100, false, false))) {
            assertThat(epoch(whole, 0, 0)).extracting(b -> b.get(1)).containsExactly(List.of(0, 1, 2, 3, 4, 5, 6));
        }
    }

    @Test
    void anyBatchCanBeMadeAgainBitForBit() {
        Augment[] augment = {
            new Augment("flip", 0, 0.5),
            new Augment("crop", 1, 0.7),
            new Augment("rotate", 20, 0.5),
            new Augment("noise", 0.1, 1),
            new Augment("cutout", 2, 0.5),
            new Augment("time-shift", 0.5, 0.5),
            new Augment("mixup", 0.4, 0.8)
        };
        List<List<Object>> whole;
        try (Loader loader = Loader.of(classified(50), settings(8, true, false, augment))) {
            epoch(loader, 0, 0);
            whole = epoch(loader, 1, 0);
            assertThat(whole).hasSize(7);
            assertThat(epoch(loader, 2, 0)).isNotEqualTo(whole);
        }
        for (int first = 0; first <= 7; first++) {
            try (Loader loader = Loader.of(classified(50), settings(8, true, false, augment))) {
                // Left in the middle of another epoch.
                loader.startEpoch(5, 2);
                loader.next();
                assertThat(epoch(loader, 1, first)).isEqualTo(whole.subList(first, 7));
            }
        }
        LoaderSettings other = new LoaderSettings(8, true, false, List.of(augment), 12);
        try (Loader loader = Loader.of(classified(50), other)) {
            assertThat(epoch(loader, 1, 0)).isNotEqualTo(whole);
        }
    }

    @Test
    void arraysAreUsedAgain() {
        try (Loader loader = Loader.of(classified(100), settings(5, true, false))) {
            List<float[]> arrays = new ArrayList<>();
            List<Batch> batches = new ArrayList<>();
            for (int epoch = 0; epoch < 2; epoch++) {
                loader.startEpoch(epoch, 0);
                for (Batch batch = loader.next(); batch != null; batch = loader.next()) {
                    float[] inputs = batch.inputs;
                    if (arrays.stream().noneMatch(a -> a == inputs)) {
                        arrays.add(inputs);
                    }
                    if (!batches.contains(batch)) {
                        batches.add(batch);
                    }
                }
            }
            assertThat(arrays).hasSize(3);
            assertThat(batches).hasSize(3);
        }
    }

    @Test
    void augmentationHappensAsOftenAsAsked() {
        int size = 20_000;
        Target target = Target.ofClasses("test", new int[size], CLASSES);
        Examples examples = new Examples(Vectors.numbered(size, 1, 1, 2), target);
        Augment flip = new Augment("flip", 0, 0.3);
        try (Loader loader = Loader.of(examples, settings(100, true, false, flip))) {
            loader.startEpoch(0, 0);
            int flipped = 0;
            for (Batch batch = loader.next(); batch != null; batch = loader.next()) {
                for (int i = 0; i < batch.size; i++) {
                    flipped += batch.inputs[2 * i] == batch.indices[i] ? 0 : 1;
                }
            }
            assertThat((double) flipped).isCloseTo(6000, within(5 * Math.sqrt(size * 0.21)));
        }
    }

    @Test
    void mixupBlendsTwoExamplesOfTheBatchAndTheirTargetsAlike() {
        // Example i is i in every element, so that a blend tells its parts.
        int size = 64;
        float[][] rows = new float[size][3];
        int[] classes = new int[size];
        for (int i = 0; i < size; i++) {
            Arrays.fill(rows[i], i % 3 == 0 ? 100 : i % 3 == 1 ? 10 : 1);
            classes[i] = i % 3;
        }
        Examples examples = new Examples(Vectors.of(rows), Target.ofClasses("test", classes, CLASSES));
        int mixed = 0;
        int total = 0;
        try (Loader loader = Loader.of(examples, settings(16, true, false, new Augment("mixup", 1, 0.5)))) {
            for (int epoch = 0; epoch < 50; epoch++) {
                loader.startEpoch(epoch, 0);
                for (Batch batch = loader.next(); batch != null; batch = loader.next()) {
                    assertThat(batch.classes).isEmpty();
                    for (int i = 0; i < batch.size; i++) {
                        float a = batch.values[3 * i];
                        float b = batch.values[3 * i + 1];
                        float c = batch.values[3 * i + 2];
                        assertThat(a + b + c).isCloseTo(1, within(1e-5f));
                        assertThat(batch.inputs[3 * i]).isCloseTo(100 * a + 10 * b + c, within(1e-3f));
                        mixed += Math.max(a, Math.max(b, c)) < 1 ? 1 : 0;
                        total++;
                    }
                }
            }
        }
        // Half are mixed, and two thirds of their partners are of another class (a little more: never itself).
        assertThat(mixed / (double) total).isBetween(0.28, 0.40);
    }

    @Test
    void mixupOfARegressionBlendsTheValues() {
        float[][] rows = new float[10][1];
        float[] values = new float[20];
        for (int i = 0; i < 10; i++) {
            rows[i][0] = i * i;
            values[2 * i] = 3 * i * i;
            values[2 * i + 1] = -i * i;
        }
        Target target = Target.ofValues(Task.REGRESSION, "test", values, List.of("u", "v"));
        boolean changed = false;
        try (Loader loader = Loader.of(
                new Examples(Vectors.of(rows), target), settings(10, true, false, new Augment("mixup", 1, 1)))) {
            loader.startEpoch(0, 0);
            Batch batch = loader.next();
            assertThat(batch).isNotNull();
            for (int i = 0; i < 10; i++) {
                float x = batch.inputs[i];
                assertThat(batch.values[2 * i]).isCloseTo(3 * x, within(1e-3f));
                assertThat(batch.values[2 * i + 1]).isCloseTo(-x, within(1e-3f));
                changed |= x != batch.indices[i] * batch.indices[i];
            }
        }
        assertThat(changed).isTrue();
    }

    /** Token ids 1, 2, 3, …, shorter for later examples and filled up with 0. */
    private record Sentences(int size, int length) implements Inputs {
        @Override
        public long[] shape() {
            return new long[] {length};
        }

        @Override
        public boolean tokens() {
            return true;
        }

        @Override
        public void read(int index, float[] into, int offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int used(int index) {
            return length - index;
        }

        @Override
        public void readTokens(int index, long[] into, int offset) {
            for (int i = 0; i < length; i++) {
                into[offset + i] = i < length - index ? 10 * index + i + 1 : 0;
            }
        }
    }

    @Test
    void aLanguageModelPredictsTheNextToken() {
        Examples examples = new Examples(new Sentences(3, 5), Target.nextToken(3));
        try (Loader loader = Loader.of(examples, settings(2, false, false))) {
            loader.startEpoch(0, 0);
            Batch batch = loader.next();
            assertThat(batch).isNotNull();
            assertThat(batch.shape).containsExactly(4);
            assertThat(batch.inputs).isEmpty();
            assertThat(batch.tokens).containsExactly(1, 2, 3, 4, 11, 12, 13, 14);
            assertThat(batch.classes).containsExactly(2, 3, 4, 5, 12, 13, 14, -1);
            batch = loader.next();
            assertThat(batch).isNotNull();
            assertThat(batch.size).isEqualTo(1);
            assertThat(Arrays.copyOf(batch.tokens, 4)).containsExactly(21, 22, 23, 0);
            assertThat(Arrays.copyOf(batch.classes, 4)).containsExactly(22, 23, -1, -1);
        }
        assertThatThrownBy(() ->
                        Loader.of(new Examples(new Sentences(3, 1), Target.nextToken(3)), settings(2, false, false)))
                .isInstanceOf(DataException.class)
                .hasMessage("a language model reads sequences of at least 2 tokens, found tokens 1");
    }

    @Test
    void tokensAreServedWithTheirClasses() {
        Target target = Target.ofClasses("test", new int[] {2, 1, 0}, CLASSES);
        Augment drop = new Augment("token-drop", 0.5, 1);
        try (Loader loader = Loader.of(new Examples(new Sentences(3, 5), target), settings(3, false, false, drop))) {
            loader.startEpoch(0, 0);
            Batch batch = loader.next();
            assertThat(batch).isNotNull();
            assertThat(batch.tokens).hasSize(15);
            assertThat(batch.tokens).isNotEqualTo(new long[] {1, 2, 3, 4, 5, 11, 12, 13, 14, 0, 21, 22, 23, 0, 0});
            assertThat(batch.classes).containsExactly(2, 1, 0);
        }
    }

    @Test
    void whatGoesWrongArrivesAtNextAfterTheBatchesBefore() {
        Inputs broken = new Broken(20, 12);
        Examples examples = new Examples(broken, Target.ofClasses("test", new int[20], CLASSES));
        try (Loader loader = Loader.of(examples, settings(5, false, false))) {
            loader.startEpoch(0, 0);
            assertThat(loader.next()).isNotNull();
            assertThat(loader.next()).isNotNull();
            assertThatThrownBy(loader::next).isInstanceOf(DataException.class).hasMessage("example 12 cannot be read");
            assertThatThrownBy(loader::next).hasMessage("example 12 cannot be read");
            // Another epoch is another try.
            loader.startEpoch(0, 3);
            assertThat(loader.next()).isNotNull();
            assertThat(loader.next()).isNull();
        }
    }

    private record Broken(int size, int at) implements Inputs {
        @Override
        public long[] shape() {
            return new long[] {2};
        }

        @Override
        public void read(int index, float[] into, int offset) {
            if (index == at) {
                throw new DataException("example " + index + " cannot be read");
            }
        }
    }

    /** Inputs that nobody can read until they are let go. */
    private static final class Stuck implements Inputs {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);

        @Override
        public int size() {
            return 10;
        }

        @Override
        public long[] shape() {
            return new long[] {2};
        }

        @Override
        public void read(int index, float[] into, int offset) {
            begun.countDown();
            boolean interrupted = false;
            while (true) {
                try {
                    go.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void closingNeverHangs() throws InterruptedException {
        Stuck stuck = new Stuck();
        Loader loader = Loader.of(
                new Examples(stuck, Target.ofClasses("test", new int[10], CLASSES)), settings(2, false, false));
        loader.startEpoch(0, 0);
        stuck.begun.await();
        Thread waiting = new Thread(() -> assertThatThrownBy(loader::next).hasMessage("the loader is closed"));
        waiting.start();
        loader.close();
        waiting.join();
        loader.close();
        stuck.go.countDown();
        assertThatThrownBy(() -> loader.startEpoch(0, 0)).isInstanceOf(IllegalStateException.class);
        Loader.of(classified(3), settings(2, false, false)).close();
    }

    @Test
    void waitingIsCounted() throws InterruptedException {
        Stuck stuck = new Stuck();
        Examples examples = new Examples(stuck, Target.ofClasses("test", new int[10], CLASSES));
        try (Loader loader = Loader.of(examples, settings(2, false, false))) {
            assertThat(loader.waitedNanos()).isZero();
            loader.startEpoch(0, 0);
            stuck.begun.await();
            Thread waiting = new Thread(loader::next);
            waiting.start();
            while (waiting.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            stuck.go.countDown();
            waiting.join();
            assertThat(loader.waitedNanos()).isPositive();
        }
    }

    @Test
    void whatCannotBeServedIsRefused() {
        assertThatThrownBy(() -> Loader.of(classified(5), settings(8, true, true)))
                .hasMessage("batch size 8 with the last smaller batch left out, but only 5 examples: no batch at all;"
                        + " make the batch size smaller");
        assertThatThrownBy(() -> settings(0, true, true)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Loader.of(classified(5), settings(2, true, true, new Augment("flip", 0, 1.5))))
                .hasMessage("augment flip: probability 1.5, wanted 0 to 1");
        assertThatThrownBy(() -> Loader.of(classified(5), settings(2, true, true, new Augment("token-drop", 0.5, 1))))
                .isInstanceOf(DataException.class)
                .hasMessage("augment token-drop changes tokens, found numbers of shape [1, 4, 5]; leave it out");
        assertThatThrownBy(() -> Loader.of(classified(5), settings(2, true, true, new Augment("mixup", 0, 1))))
                .hasMessage("augment mixup of numbers with alpha 0.0, wanted numbers and alpha greater than 0");
        Examples uneven = new Examples(Vectors.numbered(4, 2), Target.ofClasses("test", new int[3], CLASSES));
        assertThatThrownBy(() -> Loader.of(uneven, settings(2, true, true)))
                .hasMessage("4 inputs beside 3 targets, wanted as many");
        try (Loader loader = Loader.of(classified(5), settings(2, true, true))) {
            assertThatThrownBy(loader::next).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> loader.startEpoch(0, 4)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
