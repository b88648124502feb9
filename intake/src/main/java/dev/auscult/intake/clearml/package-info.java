/** Reads what ClearML leaves when it works offline: a folder or a zip of it. */
@NullMarked
package dev.auscult.intake.clearml;

import org.jspecify.annotations.NullMarked;
