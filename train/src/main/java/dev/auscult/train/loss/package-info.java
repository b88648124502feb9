/** Losses: how outputs are compared with targets, and what the least and the best constant loss are. */
@NullMarked
package dev.auscult.train.loss;

import org.jspecify.annotations.NullMarked;
