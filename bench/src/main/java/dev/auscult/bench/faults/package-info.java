/** Trainings with faults planted on purpose: base programs, mutations, and the loop that records them. */
@NullMarked
package dev.auscult.bench.faults;

import org.jspecify.annotations.NullMarked;
