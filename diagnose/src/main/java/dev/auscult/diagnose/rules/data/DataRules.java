package dev.auscult.diagnose.rules.data;

import java.util.List;

import dev.auscult.diagnose.Rule;

/** Every rule on data, one line each, by code. */
public final class DataRules {
    private DataRules() {}

    /** All rules on data, by code. */
    public static List<Rule> rules() {
        return List.of(
                new MissingValues(),
                new ConstantColumn(),
                new NearConstant(),
                new MixedTypes(),
                new StringMismatch(),
                new SpecialValues(),
                new NonFiniteInputs(),
                new Outliers(),
                new Duplicates(),
                new ConflictingLabels(),
                new IdColumn(),
                new DateColumn(),
                new HighCardinality(),
                new SkewedColumn(),
                new UnscaledInputs(),
                new CorrelatedColumns(),
                new TooLittleData(),
                new ImbalancedClasses(),
                new UnshuffledData(),
                new NearDuplicates(),
                new LeakedRows(),
                new GroupLeak(),
                new TimeLeak(),
                new TargetLeak(),
                new DistributionShift(),
                new LabelShift(),
                new NewCategory(),
                new TrainTestNormalisedApart(),
                new LabelErrors(),
                new TransformHelps(),
                new UninformativeColumn(),
                new InteractionHelps(),
                new CorruptFiles(),
                new DarkImages(),
                new LightImages(),
                new BlurryImages(),
                new LowInformationImages(),
                new OddImageSizes(),
                new GreyAmongColour(),
                new EmptyTexts(),
                new LongTexts(),
                new DamagedEncoding(),
                new MixedLanguages(),
                new TokenWaste(),
                new SilentSounds(),
                new ClippedSounds(),
                new ShortSounds(),
                new MixedSampleRates());
    }
}
