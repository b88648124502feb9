package dev.auscult.train.model;

/** Builds the layers of one type. */
@FunctionalInterface
interface LayerType {
    /** Makes the layer that is asked for at a site; what it gives must be said by {@link Site#gives}. */
    Layer build(Site site);
}
