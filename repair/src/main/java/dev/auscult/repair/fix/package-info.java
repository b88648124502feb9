/** The loop: train, diagnose, experiment, treat, train again, prove. */
@NullMarked
package dev.auscult.repair.fix;

import org.jspecify.annotations.NullMarked;
