package dev.auscult.train.loop;

import java.util.ArrayList;
import java.util.List;

import dev.auscult.data.Examples;
import dev.auscult.run.ModelGraph;
import dev.auscult.train.metric.Metrics;
import dev.auscult.train.model.Parameter;
import dev.auscult.train.spec.Spec;
import dev.auscult.train.spec.SpecException;

/** What only spec, data and network together can tell to be impossible, said before the first step. */
final class Sanity {
    private Sanity() {}

    /**
     * Looks.
     *
     * @param batchSize examples per batch, as they come
     * @param monitor the result that is watched
     * @throws SpecException if the training cannot do what the spec asks for
     */
    static void check(Setup setup, int batchSize, String monitor) {
        Spec spec = setup.spec();
        if (setup.network().parameters().stream().noneMatch(Parameter::trainable)) {
            throw new SpecException("all parameters are frozen by optimizer.groups; leave some to be trained");
        }
        watched(setup, monitor);
        int left = setup.data().train().size() % batchSize;
        boolean single = batchSize == 1 || (left == 1 && !spec.training().dropLast());
        if (single && normalizesExamples(setup.network().graph().layers())) {
            throw new SpecException((batchSize == 1 ? "batches" : "the last batch of an epoch")
                    + " of one example cannot be normalised by batch-norm; set training.drop-last: true or a"
                    + " training.batch-size other than " + batchSize);
        }
    }

    private static void watched(Setup setup, String monitor) {
        List<String> measured = new ArrayList<>();
        measured.add("train/loss");
        if (setup.data().validation().map(Examples::size).orElse(0) > 0) {
            measured.add("validation/loss");
            Metrics.of(setup.spec().metrics(), setup.data().shape())
                    .names()
                    .forEach(name -> measured.add("validation/" + name));
        }
        if (!measured.contains(monitor)) {
            throw new SpecException("training.early-stopping.monitor: found " + monitor
                    + ", which is not measured; wanted one of " + String.join(", ", measured));
        }
    }

    /** Whether a layer normalises single numbers over the examples of a batch. */
    private static boolean normalizesExamples(List<ModelGraph.Layer> layers) {
        return layers.stream().anyMatch(layer -> isFlatNorm(layer) || normalizesExamples(layer.children()));
    }

    private static boolean isFlatNorm(ModelGraph.Layer layer) {
        return layer.type().equals("batch-norm") && layer.inputShape().size() == 1;
    }
}
