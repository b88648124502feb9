/** Data sets: what a training reads, how it is split and transformed, and the batches that come of it. */
@NullMarked
package dev.auscult.data;

import org.jspecify.annotations.NullMarked;
