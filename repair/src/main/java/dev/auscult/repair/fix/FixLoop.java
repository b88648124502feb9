package dev.auscult.repair.fix;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

import dev.auscult.diagnose.cause.Cause;
import dev.auscult.repair.remedy.Treatment;
import dev.auscult.repair.remedy.Treatments;
import dev.auscult.repair.trial.Trials;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecFile;

/**
 * Mends a training spec: trains, diagnoses, treats, and trains again over matched seeds; what is not proven to help is taken
 * back.
 *
 * <p>The same spec, data, seeds and budget give the same decisions, however often the loop was interrupted in between.
 */
public final class FixLoop {
    private final Trials trials;
    private final RangeTest rates;
    private final Function<Cause, List<Treatment>> treatments;
    private final Experimenter experimenter;

    /**
     * A loop with all that Auscult knows.
     *
     * @param trials how trainings are made; not closed with this
     * @param engine for range tests and experiments; not closed with this
     */
    public FixLoop(Trials trials, Engine engine) {
        this(trials, engine, Experimenter.on(engine));
    }

    /**
     * A loop with experiments of another kind, or none.
     *
     * @param trials how trainings are made; not closed with this
     * @param engine for range tests; not closed with this
     * @param experimenter tells causes apart
     */
    public FixLoop(Trials trials, Engine engine, Experimenter experimenter) {
        this(trials, RangeTest.on(engine), Treatments::of, experimenter);
    }

    /** A loop with other treatments or another range test. */
    FixLoop(Trials trials, RangeTest rates, Function<Cause, List<Treatment>> treatments, Experimenter experimenter) {
        this.trials = trials;
        this.rates = rates;
        this.treatments = treatments;
        this.experimenter = experimenter;
    }

    /**
     * Mends.
     *
     * @throws dev.auscult.train.spec.SpecException if the spec is none
     * @throws TrialFailedException if the spec as it is cannot be trained at all
     * @throws IOException if the folder cannot be written or read
     * @throws InterruptedException if asked to stop; called again with the same options it goes on where it was
     */
    public FixResult run(FixOptions options, FixListener listener) throws IOException, InterruptedException {
        Spec spec = SpecFile.parse(options.source(), options.text(), "run", List.of());
        Identity identity = Identity.of(options, spec);
        Path folder = identity.folder(options.folder());
        try (Journal journal = Journal.open(folder)) {
            journal.begins(identity.text());
            Ledger ledger = new Ledger(options.budget(), options.time());
            TrialRoom room = new TrialRoom(options, folder, trials, listener, ledger, journal);
            return new Mending(options, folder, room, ledger, journal, listener, rates, treatments, experimenter)
                    .mend();
        }
    }
}
