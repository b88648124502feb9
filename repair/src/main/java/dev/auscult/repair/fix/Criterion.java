package dev.auscult.repair.fix;

import dev.auscult.diagnose.cause.Suspect;

/** What a treatment has to show besides that the finding is gone. */
enum Criterion {
    /** The figure is better, with evidence. */
    BETTER,
    /**
     * Nothing more: the old figure was untrue, because the answer was among the inputs or it was measured wrongly, and an
     * honest one may be lower.
     */
    TRUER,
    /** The figure is not worse in every seed: time or memory is what was to be gained. */
    NOT_WORSE;

    /** Probability from which a cause that makes a figure untrue counts as shown where no finding shows it. */
    private static final double SHOWN = 0.5;

    /**
     * The criterion for a suspect.
     *
     * @param found whether there are findings that it explains
     */
    static Criterion of(Suspect suspect, boolean found) {
        return switch (suspect.cause()) {
            // Without a gain to prove, a cause that nothing shows would change a spec that is well.
            case DATA_LEAK, EVALUATION_FAULT -> found || suspect.probability() >= SHOWN ? TRUER : BETTER;
            case LOADER_BOUND, MEMORY_BOUND -> NOT_WORSE;
            default -> BETTER;
        };
    }
}
