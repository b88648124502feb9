/** Robust measures of curves that several rules share: level, noise, trend, alignment, convergence. */
@NullMarked
package dev.auscult.diagnose.measure;

import org.jspecify.annotations.NullMarked;
