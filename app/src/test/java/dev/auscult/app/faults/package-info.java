/** Plants faults in real data and counts which of them a check-up finds; run by {@code bench/data-faults.sh}. */
@NullMarked
package dev.auscult.app.faults;

import org.jspecify.annotations.NullMarked;
