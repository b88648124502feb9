/** Reads NumPy arrays and archives of them without ever unpickling. */
@NullMarked
package dev.auscult.intake.npy;

import org.jspecify.annotations.NullMarked;
