/** Trains the small networks whose logs lie in {@code examples/}. */
package dev.auscult.intake.examples;
