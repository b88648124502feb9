/** How well a network does its task: meters that are fed batch by batch and need no copy of the data. */
@NullMarked
package dev.auscult.train.metric;

import org.jspecify.annotations.NullMarked;
