/** Reads the stores of MLflow: folders and SQLite. */
@NullMarked
package dev.auscult.intake.mlflow;

import org.jspecify.annotations.NullMarked;
