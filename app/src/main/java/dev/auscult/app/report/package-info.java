/** The ways to show what ails runs: for people, programs, code hosts and build servers. */
@NullMarked
package dev.auscult.app.report;

import org.jspecify.annotations.NullMarked;
