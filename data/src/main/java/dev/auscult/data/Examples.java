package dev.auscult.data;

/**
 * Examples of one split, prepared: inputs beside what is to be predicted.
 *
 * @param inputs the inputs
 * @param target the targets, of the same size
 */
public record Examples(Inputs inputs, Target target) {
    public int size() {
        return inputs.size();
    }
}
