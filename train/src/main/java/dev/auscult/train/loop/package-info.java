/** The training loop: steps, evaluations, checkpoints, and what the doctor's word does to them. */
@NullMarked
package dev.auscult.train.loop;

import org.jspecify.annotations.NullMarked;
