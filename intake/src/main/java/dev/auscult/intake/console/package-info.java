/** Reads what training programs print: progress lines of many kinds, with whatever else a terminal shows between. */
@NullMarked
package dev.auscult.intake.console;

import org.jspecify.annotations.NullMarked;
