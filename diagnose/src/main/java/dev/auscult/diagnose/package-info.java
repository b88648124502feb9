/**
 * Judges a run.
 *
 * <p>A {@link dev.auscult.diagnose.Rule} looks at one {@link dev.auscult.diagnose.Examination} (a run, its thresholds and
 * the shared measures) and gives a {@link dev.auscult.diagnose.Verdict}; the {@link dev.auscult.diagnose.RuleBook} lists
 * the rules; the {@link dev.auscult.diagnose.Doctor} applies them and groups what they find.
 */
@NullMarked
package dev.auscult.diagnose;

import org.jspecify.annotations.NullMarked;
