/** Rows of a table that are made like those that are there, and how good they are. */
@NullMarked
package dev.auscult.data.generate;

import org.jspecify.annotations.NullMarked;
