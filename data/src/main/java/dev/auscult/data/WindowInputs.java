package dev.auscult.data;

/** Runs of consecutive rows as examples [length, features]: the rows are held once, however many runs share them. */
final class WindowInputs implements Inputs {
    private final PackedInputs rows;
    private final int[] starts;
    private final int length;

    WindowInputs(PackedInputs rows, int[] starts, int length) {
        this.rows = rows;
        this.starts = starts;
        this.length = length;
    }

    @Override
    public int size() {
        return starts.length;
    }

    @Override
    public long[] shape() {
        return new long[] {length, rows.elements()};
    }

    @Override
    public void read(int index, float[] into, int offset) {
        int width = rows.elements();
        for (int i = 0; i < length; i++) {
            rows.read(starts[index] + i, into, offset + i * width);
        }
    }
}
