package dev.auscult.repair.experiment;

import java.util.Locale;

/** How numbers are said in observations. */
final class Said {
    private Said() {}

    /** Three digits; in words where it diverged. */
    static String loss(double loss) {
        return Double.isFinite(loss) ? String.format(Locale.ROOT, "%.3g", loss) : "beyond all bounds";
    }
}
