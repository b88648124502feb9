/** Checks that try something on a network before it is trained, and leave it as it was. */
@NullMarked
package dev.auscult.train.check;

import org.jspecify.annotations.NullMarked;
