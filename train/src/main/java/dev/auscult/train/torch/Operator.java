package dev.auscult.train.torch;

import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;

/** An operator of libtorch that has no Java method, called through libtorch's dispatcher. */
final class Operator implements AutoCloseable {
    private final OperatorHandle handle;
    private final IValueVector stack;

    /** Finds {@code aten::name}; the overload is empty for operators that have one form. */
    Operator(String name, String overload) {
        handle = Natives.lasting(Dispatcher.singleton().findSchemaOrThrow("aten::" + name, overload));
        stack = Natives.lasting(new IValueVector());
    }

    /** Adds an argument to the next call. */
    Operator with(IValue argument) {
        stack.push_back(argument);
        return this;
    }

    Operator with(double argument) {
        try (IValue value = new IValue(argument)) {
            return with(value);
        }
    }

    Operator with(boolean argument) {
        try (IValue value = new IValue(argument)) {
            return with(value);
        }
    }

    /** Calls the operator; its results replace the arguments, and are valid until {@link #done}. */
    IValueVector call() {
        try {
            handle.callBoxed(stack);
            return stack;
        } catch (RuntimeException e) {
            done();
            throw e;
        }
    }

    /** Forgets the results. */
    void done() {
        stack.clear();
    }

    @Override
    public void close() {
        stack.deallocate();
        handle.deallocate();
    }
}
