/** Checkpoints: the whole state of a training in one safetensors file, replaced atomically. */
@NullMarked
package dev.auscult.train.checkpoint;

import org.jspecify.annotations.NullMarked;
