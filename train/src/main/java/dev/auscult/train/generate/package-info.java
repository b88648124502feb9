/** Networks that make rows of a table like those that are there. */
@NullMarked
package dev.auscult.train.generate;

import org.jspecify.annotations.NullMarked;
