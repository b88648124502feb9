package dev.auscult.train.model;

import java.util.Arrays;
import java.util.Locale;

import dev.auscult.train.engine.Engine;
import dev.auscult.train.engine.RandomSource;
import dev.auscult.train.engine.Tensor;
import dev.auscult.train.spec.InitializerSettings;

/**
 * How weights start.
 *
 * <p>Formulas, with n_in and n_out the {@link Fans}:
 *
 * <ul>
 *   <li>{@code he}: N(0, 2/n_in); {@code he-uniform}: U(±√(6/n_in)) (He et al. 2015, Delving Deep into Rectifiers)
 *   <li>{@code glorot}: N(0, 2/(n_in + n_out)); {@code glorot-uniform}: U(±√(6/(n_in + n_out))) (Glorot and Bengio 2010)
 *   <li>{@code lecun}: N(0, 1/n_in) (LeCun et al. 1998, Efficient BackProp)
 *   <li>{@code orthogonal}: gain times Q of a normal matrix, with the signs of R's diagonal so that Q is uniformly
 *       distributed (Saxe et al. 2014; Mezzadri 2007)
 *   <li>{@code default}: what PyTorch's layer does; for dense and conv U(±1/√n_in) for weights (Kaiming uniform with a =
 *       √5) and biases alike
 * </ul>
 */
final class Initializer {
    private final InitializerSettings settings;
    private final Engine engine;
    private final RandomSource random;

    Initializer(InitializerSettings settings, Engine engine, RandomSource random) {
        this.settings = settings;
        this.engine = engine;
        this.random = random;
    }

    /** Whether each kind of parameter starts as PyTorch's layer of its type does. */
    boolean isDefault() {
        return settings.type().equals("default");
    }

    /** Whether the scale follows from the number of connections, of which a table of vectors has none. */
    boolean followsFans() {
        return switch (settings.type()) {
            case "he", "he-uniform", "glorot", "glorot-uniform", "lecun", "orthogonal" -> true;
            default -> false;
        };
    }

    /** {@code he}, {@code normal 0.01}. */
    String description() {
        return switch (settings.type()) {
            case "constant", "normal", "uniform", "orthogonal" ->
                settings.type() + " " + String.format(Locale.ROOT, "%s", settings.amount());
            default -> settings.type();
        };
    }

    /** New weights of a layer, [out, in, window…]. */
    Tensor weights(Fans fans, long... shape) {
        double amount = settings.amount();
        return switch (settings.type()) {
            case "default" -> uniform(1 / Math.sqrt((double) fans.in()), shape);
            case "he" -> random.normal(0, Math.sqrt(2.0 / fans.in()), shape);
            case "he-uniform" -> uniform(Math.sqrt(6.0 / fans.in()), shape);
            case "glorot" -> random.normal(0, Math.sqrt(2.0 / (fans.in() + fans.out())), shape);
            case "glorot-uniform" -> uniform(Math.sqrt(6.0 / (fans.in() + fans.out())), shape);
            case "lecun" -> random.normal(0, Math.sqrt(1.0 / fans.in()), shape);
            case "orthogonal" -> orthogonal(amount, shape);
            case "zeros" -> engine.full(0, shape);
            case "ones" -> engine.full(1, shape);
            case "constant" -> engine.full(amount, shape);
            case "normal" -> random.normal(0, amount, shape);
            case "uniform" -> uniform(amount, shape);
            default -> throw new ModelException("no initializer is called " + settings.type());
        };
    }

    /** New biases of a layer: zero, but for PyTorch's default. */
    Tensor biases(Fans fans, long count) {
        return isDefault() ? uniform(1 / Math.sqrt((double) fans.in()), count) : engine.full(0, count);
    }

    Tensor uniform(double halfWidth, long... shape) {
        return random.uniform(-halfWidth, halfWidth, shape);
    }

    private Tensor orthogonal(double gain, long... shape) {
        long rows = shape[0];
        long columns = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
        boolean wide = rows < columns;
        Tensor normal = random.normal(0, 1, Math.max(rows, columns), Math.min(rows, columns));
        Tensor q = engine.orthonormal(normal).mul(gain);
        // Factors of a matrix come column by column; optimizers walk over parameters row by row.
        return (wide ? q.transpose(0, 1) : q).contiguous().reshape(shape);
    }
}
