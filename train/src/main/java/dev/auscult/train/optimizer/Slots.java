package dev.auscult.train.optimizer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.auscult.train.model.Parameter;
import dev.auscult.train.spec.OptimizerSettings;
import dev.auscult.train.spec.OptimizerSettings.Group;
import dev.auscult.train.spec.SpecException;
import org.jspecify.annotations.Nullable;

/** Which parameters are trained, and how fast and with what decay each. */
final class Slots {
    private Slots() {}

    /**
     * The parameters that are trained; those that a group freezes no longer ask for a gradient.
     *
     * <p>Parameters of one axis (biases, and the scales of normalisation) do not decay unless the settings or their group
     * say so.
     */
    static List<Slot> of(OptimizerSettings settings, List<Parameter> parameters) {
        Set<Group> used = new HashSet<>();
        List<Slot> slots = new ArrayList<>();
        for (Parameter parameter : parameters) {
            Optional<Group> group = settings.groupOf(parameter.path());
            group.ifPresent(used::add);
            if (group.isPresent() && group.get().frozen()) {
                parameter.tensor().requiresGradient(false);
            } else if (parameter.trainable()) {
                slots.add(slot(settings, parameter, group));
            }
        }
        for (Group group : settings.groups()) {
            if (!used.contains(group)) {
                throw new SpecException("optimizer.groups: " + group.match()
                        + " matches no parameter that an earlier group has not taken, wanted some of "
                        + parameters.stream().map(Parameter::path).collect(Collectors.joining(", ")));
            }
        }
        return slots;
    }

    private static Slot slot(OptimizerSettings settings, Parameter parameter, Optional<Group> group) {
        boolean decays = settings.decayBiases() || parameter.tensor().shape().length > 1;
        @Nullable Double own = group.map(Group::weightDecay).orElse(null);
        double decay = own != null ? own : decays ? settings.weightDecay() : 0;
        return new Slot(
                parameter.path(),
                parameter.tensor(),
                group.map(Group::learningRate).orElse(1.0),
                decay);
    }
}
