package dev.auscult.run;

import static dev.auscult.run.Direction.HIGHER_IS_BETTER;
import static dev.auscult.run.Direction.LOWER_IS_BETTER;
import static dev.auscult.run.Direction.UNKNOWN;

/** What a series measures, whatever the program that logged it called it. */
public enum Quantity {
    LOSS("loss", LOWER_IS_BETTER),
    ACCURACY("accuracy", HIGHER_IS_BETTER),
    PRECISION("precision", HIGHER_IS_BETTER),
    RECALL("recall", HIGHER_IS_BETTER),
    F1("f1", HIGHER_IS_BETTER),
    AUC("auc", HIGHER_IS_BETTER),
    /** Mean average precision of a detector, or another overlap score (intersection over union, Dice). */
    MAP("map", HIGHER_IS_BETTER),
    ERROR_RATE("error_rate", LOWER_IS_BETTER),
    PERPLEXITY("perplexity", LOWER_IS_BETTER),
    REWARD("reward", HIGHER_IS_BETTER),
    LEARNING_RATE("learning_rate", UNKNOWN),
    /** L2 norm of the gradient of all parameters. */
    GRADIENT_NORM("gradient_norm", UNKNOWN),
    /** Samples, tokens or steps per second. */
    THROUGHPUT("throughput", HIGHER_IS_BETTER),
    /** Duration of one step, unit as logged. */
    STEP_TIME("step_time", LOWER_IS_BETTER),
    /** Memory in use, unit as logged. */
    MEMORY("memory", UNKNOWN),
    OTHER("", UNKNOWN);

    private final String label;
    private final Direction direction;

    Quantity(String label, Direction direction) {
        this.label = label;
        this.direction = direction;
    }

    /** The lower-case name used in series labels; empty for {@link #OTHER}. */
    public String label() {
        return label;
    }

    /** The direction that this quantity has unless a series says otherwise. */
    public Direction direction() {
        return direction;
    }

    /** Whether this quantity tells how well the model does its task (not its loss, its speed or its settings). */
    public boolean isScore() {
        return switch (this) {
            case ACCURACY, PRECISION, RECALL, F1, AUC, MAP, ERROR_RATE, REWARD -> true;
            default -> false;
        };
    }
}
