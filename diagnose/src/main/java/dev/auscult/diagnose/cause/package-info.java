/** From findings to what explains them: causes, their symptoms, and how probable each cause is. */
@NullMarked
package dev.auscult.diagnose.cause;

import org.jspecify.annotations.NullMarked;
