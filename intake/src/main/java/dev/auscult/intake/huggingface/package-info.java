/** Reads the {@code trainer_state.json} of Hugging Face transformers. */
@NullMarked
package dev.auscult.intake.huggingface;

import org.jspecify.annotations.NullMarked;
