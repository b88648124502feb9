/** Whether a change helped: the same seeds with and without it. */
@NullMarked
package dev.auscult.repair.compare;

import org.jspecify.annotations.NullMarked;
