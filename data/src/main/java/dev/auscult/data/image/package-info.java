/** Pictures from files, as bytes [channels, height, width]. */
@NullMarked
package dev.auscult.data.image;

import org.jspecify.annotations.NullMarked;
