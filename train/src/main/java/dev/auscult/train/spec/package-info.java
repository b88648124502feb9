/** The training spec: what one file of settings says, read strictly and with defaults filled in. */
@NullMarked
package dev.auscult.train.spec;

import org.jspecify.annotations.NullMarked;
