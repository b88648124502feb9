package dev.auscult.repair.trial;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.auscult.train.engine.Engine;

/** Makes trials one after the other on the engine of this process: for trainings of seconds, where a process costs more. */
public final class InProcessTrials implements Trials {
    private final TrialTraining training;
    private final Recordings recordings;

    /**
     * Trials on an engine.
     *
     * @param engine not closed with this; used on the thread that calls
     * @param examiner judges the recordings
     */
    public InProcessTrials(Engine engine, Examiner examiner) {
        this.training = new TrialTraining(engine, examiner);
        this.recordings = new Recordings(examiner);
    }

    @Override
    public List<TrialResult> run(List<TrialRequest> requests, Consumer<TrialResult> done)
            throws IOException, InterruptedException {
        List<TrialResult> results = new ArrayList<>();
        for (TrialRequest request : requests) {
            Optional<Ended> there = TrialTraining.whole(request);
            if (there.isEmpty() && Thread.interrupted()) {
                throw new InterruptedException("asked to stop");
            }
            Ended ended = there.isPresent()
                    ? there.get()
                    : training.make(request, () -> Thread.currentThread().isInterrupted());
            TrialResult result = recordings.result(request, ended);
            results.add(result);
            done.accept(result);
        }
        return results;
    }
}
