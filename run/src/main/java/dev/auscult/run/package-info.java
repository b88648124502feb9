/**
 * What a training run is: series of numbers, tensor statistics, settings, events and where it all came from.
 *
 * <p>Readers build a {@link dev.auscult.run.Run} through {@link dev.auscult.run.RunBuilder}; rules read it. Everything
 * here is immutable once built and keeps its numbers in primitive columns, so that a run of millions of points is
 * scanned without boxing.
 */
@NullMarked
package dev.auscult.run;

import org.jspecify.annotations.NullMarked;
