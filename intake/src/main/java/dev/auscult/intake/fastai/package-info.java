/** Reads the history.csv of fastai. */
@NullMarked
package dev.auscult.intake.fastai;

import org.jspecify.annotations.NullMarked;
