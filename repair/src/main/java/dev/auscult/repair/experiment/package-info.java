/** Short trials that tell causes apart, and which of them is worth its cost. */
@NullMarked
package dev.auscult.repair.experiment;

import org.jspecify.annotations.NullMarked;
