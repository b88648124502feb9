/** What keeps a training in bounds: clipping, loss scaling, penalties, averages of weights, and when to stop early. */
@NullMarked
package dev.auscult.train.regularize;

import org.jspecify.annotations.NullMarked;
