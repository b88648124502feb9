package dev.auscult.data.labels;

/** Probabilities in an array. */
abstract class InMemory implements Probabilities {
    private final int examples;
    private final int classes;

    InMemory(int length, int classes) {
        if (classes < 1 || length % classes != 0) {
            throw new IllegalArgumentException(length + " probabilities are no rows of " + classes);
        }
        this.examples = length / classes;
        this.classes = classes;
    }

    @Override
    public int examples() {
        return examples;
    }

    @Override
    public int classes() {
        return classes;
    }
}
