package dev.auscult.train.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.auscult.data.Task;

/** Tells what a network gives from its last layers: logits, probabilities or values. */
final class Outputs {
    private Outputs() {}

    static String of(List<Node> nodes, Task task) {
        String last = lastFunction(nodes);
        if (last.equals("softmax") || last.equals("sigmoid")) {
            return "probabilities";
        }
        return task == Task.REGRESSION ? "values" : "logits";
    }

    /** The activation that the last numbers went through; empty if there is none. */
    private static String lastFunction(List<Node> nodes) {
        List<Node> reversed = new ArrayList<>(nodes);
        Collections.reverse(reversed);
        for (Node node : reversed) {
            switch (node.type()) {
                case "dropout", "flatten", "reshape" -> {
                    // These change no number that is kept.
                }
                case "sequential", "torchscript" -> {
                    return node.children().isEmpty() ? "" : lastFunction(node.children());
                }
                default -> {
                    return node.activation().isEmpty() ? node.type() : node.activation();
                }
            }
        }
        return "";
    }
}
