/** The rules, one class each; not exported. */
@NullMarked
package dev.auscult.diagnose.rules.data;

import org.jspecify.annotations.NullMarked;
