/** Reads the {@code metrics.json} of Detectron2. */
@NullMarked
package dev.auscult.intake.detectron2;

import org.jspecify.annotations.NullMarked;
