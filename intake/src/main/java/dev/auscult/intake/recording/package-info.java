/** Our own recordings: run directories that TensorBoard opens too, written and read without loss. */
@NullMarked
package dev.auscult.intake.recording;

import org.jspecify.annotations.NullMarked;
