/** Reads the JSON logs of MMEngine and of the MMCV runners before it. */
@NullMarked
package dev.auscult.intake.mmengine;

import org.jspecify.annotations.NullMarked;
