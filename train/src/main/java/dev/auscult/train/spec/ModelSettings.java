package dev.auscult.train.spec;

import java.util.List;

/**
 * The network.
 *
 * @param layers layers in order; empty: a sensible network for the data
 * @param initializer how weights start, where a layer does not say otherwise
 */
public record ModelSettings(List<LayerSettings> layers, InitializerSettings initializer) {
    public ModelSettings {
        layers = List.copyOf(layers);
    }
}
