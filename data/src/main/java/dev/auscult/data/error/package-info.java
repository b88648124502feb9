/** What is said of data that cannot be used. */
@NullMarked
package dev.auscult.data.error;

import org.jspecify.annotations.NullMarked;
