package dev.auscult.train.optimizer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.auscult.train.engine.Tensor;

/**
 * Everything that an optimizer remembers, by name.
 *
 * @param tensors tensors by path of their parameter and purpose: {@code 0-conv.weight/mean}; they stay the optimizer's and
 *     change with its next step
 * @param numbers numbers: {@code 0-conv.weight/step}
 */
public record OptimizerState(Map<String, Tensor> tensors, Map<String, Double> numbers) {
    public OptimizerState {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }

    Tensor tensor(String name) {
        return wanted(tensors, name);
    }

    double number(String name) {
        return wanted(numbers, name);
    }

    private static <V> V wanted(Map<String, V> map, String name) {
        V value = map.get(name);
        if (value == null) {
            throw new IllegalArgumentException("saved optimizer state has no " + name
                    + ": it was saved by another optimizer or for another network");
        }
        return value;
    }
}
