package dev.auscult.diagnose;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import dev.auscult.diagnose.rules.BadInitializer;
import dev.auscult.diagnose.rules.BatchLeakage;
import dev.auscult.diagnose.rules.BiasBeforeNorm;
import dev.auscult.diagnose.rules.CannotOverfitOneBatch;
import dev.auscult.diagnose.rules.CapacityExceedsData;
import dev.auscult.diagnose.rules.CapacityTooSmall;
import dev.auscult.diagnose.rules.ClassImbalance;
import dev.auscult.diagnose.rules.ClippingAlwaysOn;
import dev.auscult.diagnose.rules.ConcatenatedRuns;
import dev.auscult.diagnose.rules.DataLoaderStall;
import dev.auscult.diagnose.rules.DeadUnits;
import dev.auscult.diagnose.rules.Diverged;
import dev.auscult.diagnose.rules.DoubleSoftmax;
import dev.auscult.diagnose.rules.DoubleSoftmaxFloor;
import dev.auscult.diagnose.rules.DropoutTooHigh;
import dev.auscult.diagnose.rules.DuplicateSteps;
import dev.auscult.diagnose.rules.EarlyStoppingFault;
import dev.auscult.diagnose.rules.ExplodingGradients;
import dev.auscult.diagnose.rules.FrozenMetric;
import dev.auscult.diagnose.rules.FrozenParameters;
import dev.auscult.diagnose.rules.GeneralisationGapFromStart;
import dev.auscult.diagnose.rules.GradientCheckFailed;
import dev.auscult.diagnose.rules.GradientNormSpike;
import dev.auscult.diagnose.rules.GradientNotFinite;
import dev.auscult.diagnose.rules.GradientsAccumulate;
import dev.auscult.diagnose.rules.InitializationScale;
import dev.auscult.diagnose.rules.InputIgnored;
import dev.auscult.diagnose.rules.Interrupted;
import dev.auscult.diagnose.rules.LearningRateTooHigh;
import dev.auscult.diagnose.rules.LearningRateTooLow;
import dev.auscult.diagnose.rules.LoaderBound;
import dev.auscult.diagnose.rules.LossAtStart;
import dev.auscult.diagnose.rules.LossNotFinite;
import dev.auscult.diagnose.rules.LossScale;
import dev.auscult.diagnose.rules.LossScaleFalling;
import dev.auscult.diagnose.rules.LossSpike;
import dev.auscult.diagnose.rules.LossStaircase;
import dev.auscult.diagnose.rules.MajorityPrediction;
import dev.auscult.diagnose.rules.MemoryGrowth;
import dev.auscult.diagnose.rules.MemoryWillNotFit;
import dev.auscult.diagnose.rules.MetricDisagreesWithLoss;
import dev.auscult.diagnose.rules.MissingActivation;
import dev.auscult.diagnose.rules.NoLearningRate;
import dev.auscult.diagnose.rules.NoValidation;
import dev.auscult.diagnose.rules.NonFiniteTensors;
import dev.auscult.diagnose.rules.NotConverging;
import dev.auscult.diagnose.rules.OscillatingLoss;
import dev.auscult.diagnose.rules.OutputDoesNotFitLoss;
import dev.auscult.diagnose.rules.Overfitting;
import dev.auscult.diagnose.rules.Overtraining;
import dev.auscult.diagnose.rules.PerfectFromStart;
import dev.auscult.diagnose.rules.Plateau;
import dev.auscult.diagnose.rules.ReceptiveFieldTooSmall;
import dev.auscult.diagnose.rules.Resumed;
import dev.auscult.diagnose.rules.SaturatedActivations;
import dev.auscult.diagnose.rules.ScheduleDecaysEarly;
import dev.auscult.diagnose.rules.ScheduleFault;
import dev.auscult.diagnose.rules.SlowConvergence;
import dev.auscult.diagnose.rules.SlowSteps;
import dev.auscult.diagnose.rules.StillImproving;
import dev.auscult.diagnose.rules.StuckAtPrior;
import dev.auscult.diagnose.rules.SumReduction;
import dev.auscult.diagnose.rules.TinyValidationSet;
import dev.auscult.diagnose.rules.TooDeepWithoutShortcut;
import dev.auscult.diagnose.rules.TooShort;
import dev.auscult.diagnose.rules.TrainEvalMismatch;
import dev.auscult.diagnose.rules.UnchangedParameters;
import dev.auscult.diagnose.rules.Underfitting;
import dev.auscult.diagnose.rules.UpdateRatio;
import dev.auscult.diagnose.rules.ValidationBetterThanTrain;
import dev.auscult.diagnose.rules.VanishingGradients;
import dev.auscult.diagnose.rules.WarmUpMissing;
import dev.auscult.diagnose.rules.WeightsDiverge;
import dev.auscult.diagnose.rules.data.DataRules;

/** Every rule, one line each, by code. */
public final class RuleBook {
    private static final List<Rule> TRAINING = List.of(
            new DeadUnits(),
            new SaturatedActivations(),
            new MissingActivation(),
            new OutputDoesNotFitLoss(),
            new DoubleSoftmax(),
            new BadInitializer(),
            new TooDeepWithoutShortcut(),
            new BiasBeforeNorm(),
            new DropoutTooHigh(),
            new CapacityExceedsData(),
            new CapacityTooSmall(),
            new ReceptiveFieldTooSmall(),
            new LossAtStart(),
            new CannotOverfitOneBatch(),
            new InputIgnored(),
            new GradientCheckFailed(),
            new FrozenParameters(),
            new BatchLeakage(),
            new TrainEvalMismatch(),
            new SumReduction(),
            new EarlyStoppingFault(),
            new MajorityPrediction(),
            new PerfectFromStart(),
            new TinyValidationSet(),
            new FrozenMetric(),
            new ClassImbalance(),
            new Overfitting(),
            new Underfitting(),
            new Overtraining(),
            new GeneralisationGapFromStart(),
            new ValidationBetterThanTrain(),
            new StillImproving(),
            new TooShort(),
            new MetricDisagreesWithLoss(),
            new VanishingGradients(),
            new ExplodingGradients(),
            new GradientNotFinite(),
            new GradientNormSpike(),
            new GradientsAccumulate(),
            new ClippingAlwaysOn(),
            new NoValidation(),
            new NoLearningRate(),
            new ConcatenatedRuns(),
            new Interrupted(),
            new Resumed(),
            new DuplicateSteps(),
            new LossNotFinite(),
            new Diverged(),
            new NotConverging(),
            new StuckAtPrior(),
            new Plateau(),
            new SlowConvergence(),
            new OscillatingLoss(),
            new LossSpike(),
            new LossStaircase(),
            new DoubleSoftmaxFloor(),
            new LossScale(),
            new LearningRateTooHigh(),
            new LearningRateTooLow(),
            new ScheduleDecaysEarly(),
            new ScheduleFault(),
            new WarmUpMissing(),
            new NonFiniteTensors(),
            new LossScaleFalling(),
            new SlowSteps(),
            new DataLoaderStall(),
            new MemoryGrowth(),
            new MemoryWillNotFit(),
            new LoaderBound(),
            new UnchangedParameters(),
            new UpdateRatio(),
            new WeightsDiverge(),
            new InitializationScale());

    private static final List<Rule> RULES = Stream.concat(TRAINING.stream(), DataRules.rules().stream())
            .sorted(Comparator.comparing(rule -> rule.info().code()))
            .toList();

    private RuleBook() {}

    /** All rules, by code. */
    public static List<Rule> rules() {
        return RULES;
    }

    /** The rule with this code or name, in any case. */
    public static Optional<Rule> find(String codeOrName) {
        String wanted = codeOrName.toLowerCase(Locale.ROOT);
        return RULES.stream()
                .filter(r -> r.info().code().toLowerCase(Locale.ROOT).equals(wanted)
                        || r.info().name().equals(wanted))
                .findFirst();
    }
}
