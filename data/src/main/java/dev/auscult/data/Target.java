package dev.auscult.data;

import java.util.List;

/** What is to be predicted for each example; immutable. */
public final class Target {
    private final Task task;
    private final String origin;
    private final int size;
    private final int[] classes;
    private final float[] values;
    private final List<String> names;

    private Target(Task task, String origin, int size, int[] classes, float[] values, List<String> names) {
        this.task = task;
        this.origin = origin;
        this.size = size;
        this.classes = classes;
        this.values = values;
        this.names = List.copyOf(names);
    }

    /**
     * One class per example.
     *
     * @param origin where it came from, for people: {@code column 64}, {@code folder name}
     * @param classes class of each example [examples], kept without a copy
     * @param names name of each class
     */
    public static Target ofClasses(String origin, int[] classes, List<String> names) {
        return new Target(Task.CLASSIFICATION, origin, classes.length, classes, new float[0], names);
    }

    /**
     * Numbers or labels (0 or 1) per example.
     *
     * @param task REGRESSION or MULTI_LABEL
     * @param origin where they came from, for people
     * @param values in row-major order [examples, outputs], kept without a copy
     * @param names name of each output
     */
    public static Target ofValues(Task task, String origin, float[] values, List<String> names) {
        return new Target(task, origin, values.length / names.size(), new int[0], values, names);
    }

    /** The next token of the input itself. */
    public static Target nextToken(int size) {
        return new Target(Task.LANGUAGE_MODEL, "the next token", size, new int[0], new float[0], List.of());
    }

    public Task task() {
        return task;
    }

    /** Where it came from, for people. */
    public String origin() {
        return origin;
    }

    /** Number of examples. */
    public int size() {
        return size;
    }

    /** Number of classes, labels or numbers that the network must give for an example; for a language model 0. */
    public int outputs() {
        return names.size();
    }

    /** Names of the classes, labels or outputs. */
    public List<String> names() {
        return names;
    }

    /** Class of an example of a classification. */
    public int classOf(int index) {
        return classes[index];
    }

    /** One of the numbers of an example of a regression or multi-label task. */
    public float value(int index, int output) {
        return values[index * names.size() + output];
    }
}
