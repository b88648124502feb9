package dev.auscult.app;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Hears that the program is to end (Ctrl-C, a kill, a closed terminal): the first time the work is asked to stop, the second
 * time the program ends at once.
 *
 * <p>Java's own way, a shutdown hook, cannot tell a second Ctrl-C. Signals are reached by reflection: the class that hears
 * them is in every JDK, but in no specification, and a program without it still ends, only less politely.
 */
final class Interrupts implements AutoCloseable {
    /** What a shell adds to the number of a signal to make an exit code. */
    private static final int SIGNALLED = 128;

    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

    private final AtomicInteger first = new AtomicInteger();
    private final IntConsumer end;
    private final Runnable asks;
    private final Map<String, Object> before = new LinkedHashMap<>();

    /**
     * Begins to listen.
     *
     * @param end ends the program at once with an exit code
     */
    Interrupts(IntConsumer end) {
        this(end, () -> {});
    }

    /**
     * The same for work that waits rather than asks.
     *
     * @param asks asks it to stop; called the first time, on a thread of the virtual machine
     */
    Interrupts(IntConsumer end, Runnable asks) {
        this.end = end;
        this.asks = asks;
        for (String name : NAMES) {
            Object old = Signals.handle(name, this::strike);
            if (old != null) {
                before.put(name, old);
            }
        }
    }

    /** A signal of this number came. */
    void strike(int number) {
        if (!first.compareAndSet(0, number)) {
            end.accept(SIGNALLED + number);
        } else {
            asks.run();
        }
    }

    /** Whether the work is to stop. */
    boolean asked() {
        return first.get() != 0;
    }

    /** What the program then exits with: 130 after Ctrl-C. */
    int exitCode() {
        return SIGNALLED + first.get();
    }

    /** Leaves signals to those who heard them before. */
    @Override
    public void close() {
        before.forEach(Signals::restore);
    }

    /** The signals of the operating system. */
    static final class Signals {
        private Signals() {}

        /** Hears a signal from here on; what heard it before, or null where this signal cannot be heard. */
        static @Nullable Object handle(String name, IntConsumer hears) {
            try {
                Class<?> signal = Class.forName("sun.misc.Signal");
                Class<?> handler = Class.forName("sun.misc.SignalHandler");
                Method number = signal.getMethod("getNumber");
                Object ours = Proxy.newProxyInstance(
                        handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                            if (method.getName().equals("handle")) {
                                hears.accept((int) number.invoke(arguments[0]));
                                return null;
                            }
                            return switch (method.getName()) {
                                case "hashCode" -> System.identityHashCode(proxy);
                                case "equals" -> proxy == arguments[0];
                                default -> "hears " + name;
                            };
                        });
                return set(signal, handler, name, ours);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                // No such class, or the machine has no such signal, or it is ignored on purpose (nohup).
                return null;
            }
        }

        static void restore(String name, Object handler) {
            try {
                set(Class.forName("sun.misc.Signal"), Class.forName("sun.misc.SignalHandler"), name, handler);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("it could be set before", e);
            }
        }

        private static Object set(Class<?> signal, Class<?> handler, String name, Object hears)
                throws ReflectiveOperationException {
            Object which = signal.getConstructor(String.class).newInstance(name);
            return signal.getMethod("handle", signal, handler).invoke(null, which, hears);
        }
    }
}
