/** Reads TensorBoard event files, of TensorFlow 1 and 2, Keras, PyTorch and everything that writes like them. */
@NullMarked
package dev.auscult.intake.tensorboard;

import org.jspecify.annotations.NullMarked;
