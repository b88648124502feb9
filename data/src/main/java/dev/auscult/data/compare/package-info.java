/** Looks at two parts of a data set beside one another, and at what gives the target away. */
@NullMarked
package dev.auscult.data.compare;

import org.jspecify.annotations.NullMarked;
