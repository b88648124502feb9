package dev.auscult.train.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.auscult.run.Probe;
import dev.auscult.train.loop.Setup;

/** Every check, from the cheapest to the dearest. */
public final class AllChecks {
    private AllChecks() {}

    /**
     * Makes them; the network stays as it is.
     *
     * @param progress hears what is being tried
     */
    public static List<Probe> run(Setup setup, Consumer<String> progress) {
        Map<String, Function<Setup, Probe>> checks = new LinkedHashMap<>();
        checks.put("capacity against data", Capacity::run);
        checks.put("memory", MemoryEstimate::run);
        checks.put("loss at start", LossAtStart::run);
        checks.put("scale by depth", DepthScale::run);
        checks.put("wiring", Wiring::run);
        checks.put("sum or mean", SumReduction::run);
        checks.put("leakage within a batch", BatchLeakage::run);
        checks.put("time", TimeEstimate::run);
        checks.put("training and evaluation mode", TrainEvaluation::run);
        checks.put("gradients in float64", s -> GradientCheck.run(s).probe());
        checks.put("one batch by heart", OneBatch::run);
        checks.put("real against shuffled and zeroed inputs", InputIndependence::run);
        List<Probe> probes = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, Function<Setup, Probe>> check : checks.entrySet()) {
            number++;
            progress.accept(number + "/" + checks.size() + " " + check.getKey());
            probes.add(check.getValue().apply(setup));
        }
        return List.copyOf(probes);
    }
}
