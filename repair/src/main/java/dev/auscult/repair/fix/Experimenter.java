package dev.auscult.repair.fix;

import java.util.List;

import dev.auscult.diagnose.cause.Differential;
import dev.auscult.repair.experiment.ExperimentResult;
import dev.auscult.repair.experiment.Lab;
import dev.auscult.repair.remedy.Patient;
import dev.auscult.train.engine.Engine;

/** Makes the experiments that tell the first causes apart, as far as they are worth their steps. */
@FunctionalInterface
public interface Experimenter {
    /** Makes none. */
    Experimenter NONE = (patient, differential, most) -> List.of();

    /**
     * Makes them.
     *
     * @param patient whose causes are not certain
     * @param differential what they are so far
     * @param most optimizer steps that all may take together
     * @return what they showed, in order; empty where none is worth making
     * @throws InterruptedException if asked to stop
     */
    List<ExperimentResult> tell(Patient patient, Differential differential, long most) throws InterruptedException;

    /** All experiments that Auscult knows, on an engine that is not closed with this. */
    static Experimenter on(Engine engine) {
        return (patient, differential, most) -> {
            Lab lab = new Lab("the spec", patient.text(), patient.base(), engine, sentence -> {});
            return new dev.auscult.repair.experiment.Experimenter().run(differential, lab, most);
        };
    }
}
