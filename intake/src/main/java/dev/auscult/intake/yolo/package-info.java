/** Reads the results of YOLOv5 and its successors. */
@NullMarked
package dev.auscult.intake.yolo;

import org.jspecify.annotations.NullMarked;
