package dev.auscult.train.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.auscult.train.engine.Tensor;

/**
 * Self-attention and a feed-forward network, each with a shortcut and a layer normalisation: in front of it ({@code pre},
 * Xiong et al. 2020) or behind the sum ({@code post}, Vaswani et al. 2017).
 */
final class TransformerBlock {
    private static final long USUAL_WIDENING = 4;

    private TransformerBlock() {}

    static Layer build(Site site) {
        Form form = Sequences.of(site);
        site.gives(form);
        boolean pre = site.word("norm").equals("pre");
        long units = form.axis(1);
        long hidden = site.has("feed-forward") ? site.whole("feed-forward") : USUAL_WIDENING * units;

        Runnable norm = () -> site.child("layer-norm", Map.of(), form);
        List<Node> attend = part(site, pre, norm, () -> {
            Map<String, Object> options = Map.of(
                    "heads", site.whole("heads"), "dropout", site.number("dropout"), "causal", site.flag("causal"));
            site.child("attention", weighted(site, options), form);
            drop(site, form);
        });
        List<Node> think = part(site, pre, norm, () -> {
            Form wide = site.child("dense", weighted(site, Map.of("units", hidden)), form)
                    .output();
            site.child(site.word("activation"), Map.of(), wide);
            site.child("dense", weighted(site, Map.of("units", units)), wide);
            drop(site, form);
        });
        return (in, flow) -> sum(think, pre, sum(attend, pre, in, flow), flow);
    }

    /** The layers of one part in order of execution, its normalisation included. */
    private static List<Node> part(Site site, boolean pre, Runnable norm, Runnable body) {
        int start = site.built().size();
        if (pre) {
            norm.run();
        }
        body.run();
        if (!pre) {
            norm.run();
        }
        List<Node> built = site.built();
        return built.subList(start, built.size());
    }

    private static void drop(Site site, Form form) {
        if (site.number("dropout") > 0) {
            site.child("dropout", Map.of("rate", site.number("dropout")), form);
        }
    }

    /** The options with the initializer of the block, if it has one of its own. */
    private static Map<String, Object> weighted(Site site, Map<String, Object> options) {
        if (!site.has("initializer")) {
            return options;
        }
        Map<String, Object> all = new HashMap<>(options);
        all.put("initializer", site.value("initializer"));
        return all;
    }

    private static Tensor sum(List<Node> part, boolean pre, Tensor in, Flow flow) {
        if (pre) {
            return in.add(Node.forward(part, in, flow));
        }
        int last = part.size() - 1;
        Tensor sum = in.add(Node.forward(part.subList(0, last), in, flow));
        return part.get(last).forward(sum, flow);
    }
}
