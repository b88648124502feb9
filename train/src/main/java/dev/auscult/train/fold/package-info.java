/** Networks that are trained on a part of the examples, to judge the rest. */
@NullMarked
package dev.auscult.train.fold;

import org.jspecify.annotations.NullMarked;
