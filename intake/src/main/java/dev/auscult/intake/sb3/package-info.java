/** Reads the logs of Stable-Baselines3. */
@NullMarked
package dev.auscult.intake.sb3;

import org.jspecify.annotations.NullMarked;
