/** Trainings that are made to learn something, each a recording. */
@NullMarked
package dev.auscult.repair.trial;

import org.jspecify.annotations.NullMarked;
