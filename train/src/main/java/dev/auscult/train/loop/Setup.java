package dev.auscult.train.loop;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import dev.auscult.data.DataSettings;
import dev.auscult.data.PreparedData;
import dev.auscult.data.generate.RowMaker;
import dev.auscult.train.engine.DType;
import dev.auscult.train.engine.Engine;
import dev.auscult.train.generate.VariationalAutoencoder;
import dev.auscult.train.loss.Criterion;
import dev.auscult.train.model.Network;
import dev.auscult.train.model.Networks;
import dev.auscult.train.spec.LossSettings;
import dev.auscult.train.spec.ModelSettings;
import dev.auscult.train.spec.OptimizerSettings;
import dev.auscult.train.spec.Spec;

/**
 * Data, network and loss of a spec, ready to be trained or tried.
 *
 * @param spec the spec, with what was derived from the data filled in
 * @param base folder that paths in the spec are relative to
 * @param engine what computes; not closed with this
 * @param data the examples
 * @param network the network with its initial weights
 * @param criterion the loss
 */
public record Setup(Spec spec, Path base, Engine engine, PreparedData data, Network network, Criterion criterion)
        implements AutoCloseable {
    /**
     * Reads the data and builds the network.
     *
     * @param progress hears what is going on, a sentence at a time
     */
    public static Setup open(Spec spec, Path base, Engine engine, Consumer<String> progress) {
        DataSettings.Generate generate = spec.data().generate();
        Map<String, RowMaker> makers =
                generate == null ? Map.of() : Map.of("vae", new VariationalAutoencoder(engine, generate.steps()));
        PreparedData data = PreparedData.open(spec.data(), base, Seeds.examples(spec.seed()), progress, makers);
        return of(spec, base, engine, data, DType.FLOAT32);
    }

    /**
     * A new network on data that were read before, with the initial weights of the spec's seed.
     *
     * @param type type of the parameters: FLOAT32, or FLOAT64 to check gradients
     */
    public static Setup of(Spec spec, Path base, Engine engine, PreparedData data, DType type) {
        Criterion criterion =
                Criterion.of(spec.loss(), spec.regularization(), data.shape(), data.classWeights(), engine);
        Spec complete = complete(spec, criterion.name(), data);
        Network network = Networks.of(complete.model(), data.shape())
                .base(base)
                .loss(criterion.name())
                .type(type)
                .frozen(path -> spec.optimizer()
                        .groupOf(path)
                        .map(OptimizerSettings.Group::frozen)
                        .orElse(false))
                .build(engine, Seeds.weights(spec.seed()));
        return new Setup(complete, base, engine, data, network, criterion);
    }

    private static Spec complete(Spec spec, String lossName, PreparedData data) {
        LossSettings loss = spec.loss();
        ModelSettings model = spec.model();
        return new Spec(
                spec.name(),
                spec.seed(),
                data.settings(),
                model.layers().isEmpty() ? new ModelSettings(Networks.usual(data.shape()), model.initializer()) : model,
                new LossSettings(lossName, loss.reduction(), loss.delta(), loss.gamma(), loss.classWeights()),
                spec.metrics(),
                spec.optimizer(),
                spec.schedule(),
                spec.regularization(),
                spec.training(),
                spec.record(),
                spec.policy());
    }

    /** What was found out about data, network and engine, a sentence each. */
    public List<String> story() {
        List<String> story = new ArrayList<>(data.story());
        story.add(String.format(
                Locale.ROOT,
                "%,d parameters in %d layers, %s",
                network.parameterCount(),
                network.graph().layers().size(),
                engine.description()));
        return story;
    }

    @Override
    public void close() {
        criterion.close();
        network.close();
    }
}
