/**
 * Reads the logs that training programs leave behind, whatever wrote them, into {@link dev.auscult.run.Run}s.
 *
 * <p>{@link dev.auscult.intake.Intake} is the way in. Each format has a package of its own with a
 * {@link dev.auscult.intake.LogReader} or a {@link dev.auscult.intake.FolderReader}; {@code Readers} lists them.
 */
@NullMarked
package dev.auscult.intake;

import org.jspecify.annotations.NullMarked;
