/** What logs of tensors have in common: their names, and histograms as statistics. */
@NullMarked
package dev.auscult.intake.tensors;

import org.jspecify.annotations.NullMarked;
