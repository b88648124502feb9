/** Records what a doctor needs of a training: the statistics of every layer's tensors at sampled steps, and pictures. */
@NullMarked
package dev.auscult.train.record;

import org.jspecify.annotations.NullMarked;
