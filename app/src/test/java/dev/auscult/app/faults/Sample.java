package dev.auscult.app.faults;

import java.io.IOException;
import java.nio.file.Path;

/** Data in memory that can be damaged and written. */
interface Sample {
    /** Writes it into an empty folder. */
    Copy write(Path folder) throws IOException;
}
