package dev.auscult.data;

import dev.auscult.data.table.Pieces;

/** Sequences of token ids of one length, which may overlap in the list that holds them all. */
final class TokenInputs implements Inputs {
    private final Pieces tokens;
    private final int size;
    private final int length;
    private final int stride;
    private final int padding;
    /** Tokens of each sequence before its padding; empty where none is padded. */
    private final int[] used;

    /**
     * @param tokens all token ids, sealed
     * @param size number of sequences
     * @param length tokens per sequence
     * @param stride tokens from the start of one sequence to that of the next
     * @param padding the token that fills up short sequences
     * @param used tokens of each sequence before its padding; empty where none is padded
     */
    TokenInputs(Pieces tokens, int size, int length, int stride, int padding, int[] used) {
        this.tokens = tokens;
        this.size = size;
        this.length = length;
        this.stride = stride;
        this.padding = padding;
        this.used = used.clone();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long[] shape() {
        return new long[] {length};
    }

    @Override
    public boolean tokens() {
        return true;
    }

    @Override
    public long padding() {
        return padding;
    }

    @Override
    public int used(int index) {
        return used.length == 0 ? length : used[index];
    }

    @Override
    public void read(int index, float[] into, int offset) {
        long start = (long) index * stride;
        for (int i = 0; i < length; i++) {
            into[offset + i] = tokens.getInt(start + i);
        }
    }

    @Override
    public void readTokens(int index, long[] into, int offset) {
        long start = (long) index * stride;
        for (int i = 0; i < length; i++) {
            into[offset + i] = tokens.getInt(start + i);
        }
    }
}
