package dev.auscult.train.spec;

/**
 * Where something was said.
 *
 * @param source name of the file, or the override: {@code --set seed=1}
 * @param line from 1; 0 for an override
 * @param column from 1; 0 for an override
 */
record Place(String source, int line, int column) {
    /** The place of what an override says. */
    static Place ofOverride(String override) {
        return new Place("--set " + override, 0, 0);
    }

    /** {@code spec.yaml:3:5}, or the override. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
