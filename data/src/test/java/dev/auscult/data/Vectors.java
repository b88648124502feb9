package dev.auscult.data;

/** Inputs for tests whose numbers are given, or whose elements tell which example they are of. */
final class Vectors implements Inputs {
    private final long[] shape;
    private final float[][] rows;

    Vectors(long[] shape, float[]... rows) {
        this.shape = shape.clone();
        this.rows = rows;
    }

    static Vectors of(float[]... rows) {
        return new Vectors(new long[] {rows[0].length}, rows);
    }

    /** Element e of example i is i + e / 1000. */
    static Vectors numbered(int size, long... shape) {
        Vectors empty = new Vectors(shape);
        float[][] rows = new float[size][empty.elements()];
        for (int i = 0; i < size; i++) {
            for (int e = 0; e < rows[i].length; e++) {
                rows[i][e] = i + e / 1000f;
            }
        }
        return new Vectors(shape, rows);
    }

    /** All examples, one after the other. */
    static float[] all(Inputs inputs) {
        int elements = inputs.elements();
        float[] all = new float[inputs.size() * elements];
        for (int i = 0; i < inputs.size(); i++) {
            inputs.read(i, all, i * elements);
        }
        return all;
    }

    @Override
    public int size() {
        return rows.length;
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    @Override
    public void read(int index, float[] into, int offset) {
        System.arraycopy(rows[index], 0, into, offset, rows[index].length);
    }
}
