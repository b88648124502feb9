package dev.auscult.data;

/** The vectors of two sets of examples, one behind the other. */
final class Joined implements Inputs {
    private final Inputs first;
    private final Inputs second;

    Joined(Inputs first, Inputs second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public int size() {
        return first.size() + second.size();
    }

    @Override
    public long[] shape() {
        return first.shape();
    }

    @Override
    public void read(int index, float[] into, int offset) {
        if (index < first.size()) {
            first.read(index, into, offset);
        } else {
            second.read(index - first.size(), into, offset);
        }
    }
}
