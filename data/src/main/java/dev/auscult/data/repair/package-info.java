/** A cleaned copy of training data, and a log of what was changed in it. */
@NullMarked
package dev.auscult.data.repair;

import org.jspecify.annotations.NullMarked;
