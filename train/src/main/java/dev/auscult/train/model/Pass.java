package dev.auscult.train.model;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;

/**
 * The circumstances of one forward pass.
 *
 * @param engine what computes
 * @param training whether dropout drops and batch normalisation learns
 * @param random where dropout draws from
 * @param listener hears what each layer gives
 */
public record Pass(Engine engine, boolean training, RandomSource random, LayerListener listener) {}
