/** Labels that may be wrong: confident learning on probabilities that a model gave to examples it was not trained on. */
@NullMarked
package dev.auscult.data.labels;

import org.jspecify.annotations.NullMarked;
