/** How the learning rate changes while training: one small class per schedule, composed with a warm-up. */
@NullMarked
package dev.auscult.train.schedule;

import org.jspecify.annotations.NullMarked;
