/** Reads the {@code trainer_log.jsonl} of LLaMA-Factory. */
@NullMarked
package dev.auscult.intake.llamafactory;

import org.jspecify.annotations.NullMarked;
