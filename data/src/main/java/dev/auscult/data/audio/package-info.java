/** Sound from WAV files: samples, resampling and mel spectra. */
@NullMarked
package dev.auscult.data.audio;

import org.jspecify.annotations.NullMarked;
