/** Reads the folders of DVCLive. */
@NullMarked
package dev.auscult.intake.dvclive;

import org.jspecify.annotations.NullMarked;
