/** The command line: the only place that prints or ends the program. */
@NullMarked
package dev.auscult.app;

import org.jspecify.annotations.NullMarked;
