/** The vocabulary that all of the trainer speaks: tensors, scopes, random numbers, and the operations of an engine. */
@NullMarked
package dev.auscult.train.engine;

import org.jspecify.annotations.NullMarked;
