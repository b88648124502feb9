/** Reads the transaction logs ({@code run-*.wandb}) that Weights and Biases keeps of a run. */
@NullMarked
package dev.auscult.intake.wandb;

import org.jspecify.annotations.NullMarked;
