package dev.auscult.train.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.Recurrent;
import dev.auscult.train.engine.Tensor;
import org.jspecify.annotations.Nullable;

/** RNN, LSTM and GRU along a sequence, which give the last state or all of them. */
final class RecurrentLayer {
    private RecurrentLayer() {}

    static Layer build(Site site) {
        Form form = Sequences.of(site);
        Recurrent kind = Recurrent.valueOf(site.settings().type().toUpperCase(Locale.ROOT));
        long units = site.units("units");
        boolean bidirectional = site.flag("bidirectional");
        boolean last = site.word("return").equals("last");
        long given = bidirectional ? 2 * units : units;
        site.gives(last ? Form.numbers(given) : Form.sequence(form.axis(0), given));

        List<Tensor> parameters = new ArrayList<>(direction(site, kind, form.axis(1), units, ""));
        if (bidirectional) {
            parameters.addAll(direction(site, kind, form.axis(1), units, "-reverse"));
        }
        List<Tensor> all = List.copyOf(parameters);
        return (in, flow) -> {
            List<Tensor> out = flow.engine().recurrent(kind, in, all, bidirectional);
            return last ? last(out, in, units, flow) : out.get(0);
        };
    }

    private static List<Tensor> direction(Site site, Recurrent kind, long in, long units, String suffix) {
        Initializer initializer = site.initializer();
        int gates = switch (kind) {
            case RNN -> 1;
            case LSTM -> 4;
            case GRU -> 3;
        };
        return List.of(
                site.parameter("input-weight" + suffix, weights(site, initializer, gates, units, in)),
                site.parameter("hidden-weight" + suffix, weights(site, initializer, gates, units, units)),
                site.parameter("input-bias" + suffix, biases(site, initializer, gates, units)),
                site.parameter("hidden-bias" + suffix, biases(site, initializer, gates, units)));
    }

    /** [gates × units, in]: PyTorch's default is U(±1/√units) throughout, any other applies to each gate by itself. */
    private static Tensor weights(Site site, Initializer initializer, int gates, long units, long in) {
        if (initializer.isDefault()) {
            return initializer.uniform(1 / Math.sqrt((double) units), gates * units, in);
        }
        Engine engine = site.engine();
        List<Tensor> blocks = new ArrayList<>();
        for (int gate = 0; gate < gates; gate++) {
            blocks.add(initializer.weights(new Fans(in, units), units, in));
        }
        return engine.cat(blocks, 0);
    }

    private static Tensor biases(Site site, Initializer initializer, int gates, long units) {
        return initializer.isDefault()
                ? initializer.uniform(1 / Math.sqrt((double) units), gates * units)
                : site.engine().full(0, gates * units);
    }

    /** The state behind the last token [batch, units], beside the state of the reading backwards, which ends at the first. */
    private static Tensor last(List<Tensor> out, Tensor in, long units, Flow flow) {
        Tensor hidden = out.get(1);
        @Nullable Tensor present = flow.presentIn(in);
        Tensor forward = present == null
                ? hidden.select(0, 0)
                : TimeLayers.last(out.get(0).narrow(2, 0, units), flow);
        return hidden.shape()[0] == 1 ? forward : flow.engine().cat(List.of(forward, hidden.select(0, 1)), 1);
    }
}
