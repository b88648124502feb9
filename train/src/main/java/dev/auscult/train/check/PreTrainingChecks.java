package dev.auscult.train.check;

import java.util.List;

import dev.auscult.run.Probe;
import dev.auscult.train.loop.Setup;

/** The checks that cost next to nothing, to be made before every training. */
public final class PreTrainingChecks {
    private PreTrainingChecks() {}

    /** Makes them; the network stays as it is. */
    public static List<Probe> run(Setup setup) {
        return List.of(
                Capacity.run(setup),
                LossAtStart.run(setup),
                DepthScale.run(setup),
                Wiring.run(setup),
                MemoryEstimate.run(setup),
                TimeEstimate.run(setup));
    }
}
