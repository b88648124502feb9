/** Files of numbers in rows and columns and more: NPY, NPZ and IDX. */
@NullMarked
package dev.auscult.data.array;

import org.jspecify.annotations.NullMarked;
