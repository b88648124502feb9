/** Reads the summary.csv of timm. */
@NullMarked
package dev.auscult.intake.timm;

import org.jspecify.annotations.NullMarked;
