/** The rules, one class each; not exported. */
@NullMarked
package dev.auscult.diagnose.rules;

import org.jspecify.annotations.NullMarked;
