/** Reads training histories saved as JSON, as users of Keras do in many shapes. */
@NullMarked
package dev.auscult.intake.kerasjson;

import org.jspecify.annotations.NullMarked;
