/** How weights follow their gradients: optimizers whose whole state can be read, saved and restored. */
@NullMarked
package dev.auscult.train.optimizer;

import org.jspecify.annotations.NullMarked;
