package dev.auscult.train.spec;

import java.util.List;

/** A spec that cannot be used: all that is wrong with it, one line each with place, what was found and what was wanted. */
public final class SpecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public SpecException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public SpecException(String problem) {
        this(List.of(problem));
    }

    /** What is wrong, one line each, in the order of the file. */
    public List<String> problems() {
        return problems;
    }
}
