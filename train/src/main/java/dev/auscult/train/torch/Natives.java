package dev.auscult.train.torch;

import java.nio.file.Path;
import java.util.Locale;

import dev.auscult.train.engine.EngineException;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/** Starts the native libraries and sets what holds for the whole process. */
final class Natives {
    private static final String CACHE = "org.bytedeco.javacpp.cachedir";
    private static final String MEMORY = "org.bytedeco.javacpp.maxPhysicalBytes";

    private Natives() {}

    /**
     * Loads the libraries, once, and sets the threads of torch and of BLAS, which are two pools and do not know of each
     * other: with more than one thread they would wait for each other by spinning, so BLAS then keeps to one, unless
     * the environment told OpenMP not to spin (GOMP_SPINCOUNT=0).
     */
    static synchronized void start(int threads) {
        if (System.getProperty(CACHE) == null) {
            System.setProperty(CACHE, cache().toString());
        }
        if (System.getProperty(MEMORY) == null) {
            // JavaCPP would compare the process with four times the Java heap at each tensor: 0.8 of its 2
            // microseconds.
            System.setProperty(MEMORY, "0");
        }
        try {
            torch.set_num_threads(threads);
            openblas_nolapack.blas_set_num_threads("0".equals(System.getenv("GOMP_SPINCOUNT")) ? threads : 1);
        } catch (LinkageError e) {
            throw new EngineException(refusal(e), e);
        }
    }

    /** Lets a native object outlive the scope that is open; it is to be deallocated by hand. */
    static <P extends Pointer> P lasting(P pointer) {
        pointer.retainReference();
        return pointer;
    }

    /** Hands an object that was kept over an inner scope to the one that is open now. */
    static <P extends Pointer> P adopted(P kept) {
        PointerScope open = PointerScope.getInnerScope();
        if (open != null) {
            open.attach(kept);
            kept.releaseReference();
        }
        return kept;
    }

    /** One line for libraries that do not load. */
    static String refusal(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            message = message + " " + cause.getMessage();
        }
        if (message.contains("GLIBC_") || message.contains("GLIBCXX_")) {
            return "libtorch cannot start: this system's C library is too old; glibc 2.35 or newer is needed"
                    + " (Debian 12, Ubuntu 22.04)";
        }
        return "libtorch cannot start on " + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ": "
                + message.lines().findFirst().orElse(failure.getClass().getSimpleName());
    }

    /** The libraries are unpacked once per version, where the system keeps what can be made again. */
    private static Path cache() {
        String home = System.getProperty("user.home", "");
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String local = System.getenv(system.startsWith("windows") ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
        Path base;
        if (local != null && !local.isBlank()) {
            base = Path.of(local);
        } else if (system.startsWith("mac")) {
            base = Path.of(home, "Library", "Caches");
        } else {
            base = Path.of(home, ".cache");
        }
        return base.resolve("auscult").resolve("natives");
    }
}
