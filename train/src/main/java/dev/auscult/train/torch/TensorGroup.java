package dev.auscult.train.torch;

import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;

/** A list of tensors as an argument of an {@link Operator}. */
final class TensorGroup implements AutoCloseable {
    private final GenericList list;
    private final IValue value;

    TensorGroup() {
        // The type must go in as a TypePtr: a TensorType would pass for one, as any pointer does, and end the process.
        try (TensorType tensors = TensorType.get();
                Type.TypePtr element = new Type.TypePtr(tensors)) {
            list = Natives.lasting(new GenericList(element));
        }
        value = Natives.lasting(new IValue(list));
    }

    void add(Tensor tensor) {
        try (IValue element = new IValue(tensor)) {
            list.push_back(element);
        }
    }

    long size() {
        return list.size();
    }

    void clear() {
        list.clear();
    }

    IValue value() {
        return value;
    }

    @Override
    public void close() {
        value.deallocate();
        list.deallocate();
    }
}
