package dev.auscult.data;

import java.util.Arrays;

/** Some of a set of examples, by their indices: the same memory, seen through a list of places. */
public final class Subset {
    private Subset() {}

    /**
     * Some of the inputs.
     *
     * @param of all of them
     * @param indices which ones, in this order; the same one may come several times
     */
    public static Inputs of(Inputs of, int[] indices) {
        return new View(of, checked(indices, of.size()));
    }

    /**
     * Some of the targets.
     *
     * @param of all of them
     * @param indices which ones, in this order; the same one may come several times
     */
    public static Target of(Target of, int[] indices) {
        checked(indices, of.size());
        switch (of.task()) {
            case CLASSIFICATION -> {
                int[] classes = new int[indices.length];
                for (int i = 0; i < indices.length; i++) {
                    classes[i] = of.classOf(indices[i]);
                }
                return Target.ofClasses(of.origin(), classes, of.names());
            }
            case REGRESSION, MULTI_LABEL -> {
                int outputs = of.outputs();
                float[] values = new float[Math.multiplyExact(indices.length, outputs)];
                for (int i = 0; i < indices.length; i++) {
                    for (int o = 0; o < outputs; o++) {
                        values[i * outputs + o] = of.value(indices[i], o);
                    }
                }
                return Target.ofValues(of.task(), of.origin(), values, of.names());
            }
            default -> {
                return Target.nextToken(indices.length);
            }
        }
    }

    /** Some of the examples, inputs and targets alike. */
    public static Examples of(Examples of, int[] indices) {
        return new Examples(of(of.inputs(), indices), of(of.target(), indices));
    }

    private static int[] checked(int[] indices, int size) {
        for (int index : indices) {
            if (index < 0 || index >= size) {
                throw new IndexOutOfBoundsException("index " + index + " of " + size + " examples");
            }
        }
        return Arrays.copyOf(indices, indices.length);
    }

    private static final class View implements Inputs {
        private final Inputs of;
        private final int[] indices;

        View(Inputs of, int[] indices) {
            this.of = of;
            this.indices = indices;
        }

        @Override
        public int size() {
            return indices.length;
        }

        @Override
        public long[] shape() {
            return of.shape();
        }

        @Override
        public boolean tokens() {
            return of.tokens();
        }

        @Override
        public int elements() {
            return of.elements();
        }

        @Override
        public long padding() {
            return of.padding();
        }

        @Override
        public int used(int index) {
            return of.used(indices[index]);
        }

        @Override
        public void read(int index, float[] into, int offset) {
            of.read(indices[index], into, offset);
        }

        @Override
        public void readTokens(int index, long[] into, int offset) {
            of.readTokens(indices[index], into, offset);
        }
    }
}
