/** Reads what Keras' CSVLogger writes, and the history tables that people write themselves. */
@NullMarked
package dev.auscult.intake.keras;

import org.jspecify.annotations.NullMarked;
