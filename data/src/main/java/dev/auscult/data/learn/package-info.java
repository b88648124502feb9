/** Small models that learn in seconds, in plain Java: boosted trees, linear models, a bag of words; cross-validation. */
@NullMarked
package dev.auscult.data.learn;

import org.jspecify.annotations.NullMarked;
