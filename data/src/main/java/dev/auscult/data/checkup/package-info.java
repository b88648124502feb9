/** The whole check-up of data: profile, looks at one part and at two, labels. */
@NullMarked
package dev.auscult.data.checkup;

import org.jspecify.annotations.NullMarked;
