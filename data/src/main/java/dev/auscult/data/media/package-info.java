/** Looks at pictures, sounds, arrays and texts: what is damaged, unlike the rest, there twice or in two parts. */
@NullMarked
package dev.auscult.data.media;

import org.jspecify.annotations.NullMarked;
