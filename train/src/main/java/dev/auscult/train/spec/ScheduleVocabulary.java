package dev.auscult.train.spec;

import java.util.List;
import java.util.Map;

/** The keys of {@code schedule}. */
final class ScheduleVocabulary {
    static final Block SCHEDULE = new Block(
            "schedule",
            "How the learning rate changes; t counts steps or epochs, T is the length.",
            "type",
            Option.word(
                    "type",
                    "constant",
                    List.of(
                            "constant",
                            "linear",
                            "polynomial",
                            "exponential",
                            "step",
                            "multi-step",
                            "inverse-square-root",
                            "cosine",
                            "cosine-restarts",
                            "triangular",
                            "triangular2",
                            "exp-range",
                            "damped-cosine",
                            "one-cycle",
                            "warm-up-stable-decay",
                            "plateau",
                            "validation-decay"),
                    "the curve"),
            Option.word("per", "step", List.of("step", "epoch"), "what t and all lengths count")
                    .fallbacks(Map.of(
                            "exponential",
                            "epoch",
                            "step",
                            "epoch",
                            "multi-step",
                            "epoch",
                            "plateau",
                            "epoch",
                            "validation-decay",
                            "epoch")),
            Option.number(
                            "length",
                            0,
                            "T; half a cycle, the first period of restarts, or the scale of inverse-square-root; 0: the whole"
                                    + " training")
                    .in(Bounds.NOT_NEGATIVE)
                    .onlyFor(
                            "linear",
                            "polynomial",
                            "inverse-square-root",
                            "cosine",
                            "cosine-restarts",
                            "triangular",
                            "triangular2",
                            "exp-range",
                            "damped-cosine",
                            "one-cycle",
                            "warm-up-stable-decay"),
            Option.number("power", 1, "β of (1 − t/T)^β").in(Bounds.POSITIVE).onlyFor("polynomial", "damped-cosine"),
            Option.number(
                            "factor",
                            0.1,
                            "f of f^⌊t/s⌋ and of plateau; γ of (1 − γ)^t and of exp-range's γ^t; growth of the period of"
                                    + " restarts")
                    .in(Bounds.POSITIVE)
                    .fallbacks(Map.of("exponential", 0.05, "exp-range", 0.9999, "cosine-restarts", 2.0))
                    .onlyFor("exponential", "step", "multi-step", "plateau", "exp-range", "cosine-restarts"),
            Option.number("every", 10, "s of f^⌊t/s⌋").in(Bounds.POSITIVE).onlyFor("step"),
            Option.of("milestones", OptionKind.NUMBERS, List.of(), "t at which the factor is applied, rising")
                    .in(Bounds.NOT_NEGATIVE)
                    .onlyFor("multi-step"),
            Option.number("floor", 0, "least learning rate, as a share of η₀").in(Bounds.SHARE),
            Option.number("peak", 10, "highest learning rate, as a multiple of η₀")
                    .in(Bounds.POSITIVE)
                    .fallbacks(Map.of("triangular", 4.0, "triangular2", 4.0, "exp-range", 4.0))
                    .onlyFor("triangular", "triangular2", "exp-range", "one-cycle"),
            Option.number("share", 0.3, "share of the length that rises (one-cycle) or decays at the end")
                    .in(Bounds.SHARE)
                    .fallbacks(Map.of("warm-up-stable-decay", 0.2))
                    .onlyFor("one-cycle", "warm-up-stable-decay"),
            Option.integer("patience", 3, "evaluations without a gain before it acts")
                    .onlyFor("plateau"),
            Option.number("threshold", 1e-4, "relative gain that counts")
                    .in(Bounds.NOT_NEGATIVE)
                    .onlyFor("plateau"),
            Option.integer("cooldown", 0, "evaluations of rest after it acted").onlyFor("plateau"),
            Option.of("warm-up", OptionKind.SECTION, Map.of(), "a rise before the schedule proper"));

    static final Block WARM_UP = new Block(
            "schedule.warm-up",
            "A rise before the schedule proper; a bare number is the length.",
            "length",
            Option.number("length", 0, "steps or epochs, as `per` says; 0 for none")
                    .in(Bounds.NOT_NEGATIVE),
            Option.word("type", "linear", List.of("linear", "exponential"), "the curve"),
            Option.number("from", 0.01, "where it starts, as a share of η₀").in(Bounds.SHARE));

    private ScheduleVocabulary() {}
}
