/** Reads the metrics.csv of Lightning. */
@NullMarked
package dev.auscult.intake.lightning;

import org.jspecify.annotations.NullMarked;
