package dev.auscult.repair.remedy;

import java.util.List;

import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.train.spec.SpecEdit.Change;

/** The floating-point type. */
final class Precision {
    static final Treatment BFLOAT = new Treatment(
            "bfloat16-and-scaled-inputs",
            Cause.NUMERIC_OVERFLOW,
            Safety.LIKELY,
            "Compute in bfloat16, which has the range of float32, and scale the inputs",
            "with torch.autocast(device_type=\"cuda\", dtype=torch.bfloat16):\n    loss = criterion(model(x), y)",
            "keras.mixed_precision.set_global_policy(\"mixed_bfloat16\")",
            "Numbers up to 3e38 rather than 65,504, and no loss scaling",
            "Kalamkar et al. 2019, A Study of BFLOAT16 for Deep Learning Training; Micikevicius et al. 2018",
            Precision::bfloat);

    static final Treatment FLOAT32 = new Treatment(
            "float32",
            Cause.NUMERIC_OVERFLOW,
            Safety.SAFE,
            "Compute in float32",
            "loss = criterion(model(x.float()), y)  # no autocast",
            "keras.mixed_precision.set_global_policy(\"float32\")",
            "Overflow at 65,504 is out of question; what remains is a matter of learning rate or data",
            "IEEE 754-2019, table 3.5",
            patient -> patient.spec().training().precision().equals("float32")
                    ? List.of()
                    : Changes.one("training.precision", "float32", "half precision overflowed"));

    static final Treatment LOG_SUM_EXP = new Treatment(
            "stable-formulas",
            Cause.NUMERIC_OVERFLOW,
            Safety.SAFE,
            "Use losses on logits, and keep logarithms, roots and quotients away from 0",
            """
            loss = torch.nn.functional.cross_entropy(logits, y)  # not log(softmax(logits))
            x = torch.log(p.clamp_min(1e-8))
            torch.autograd.set_detect_anomaly(True)  # names the operation that made the first NaN""",
            "keras.losses.CategoricalCrossentropy(from_logits=True)",
            "No infinity arises from a probability that rounds to 0",
            "Blanchard, Higham and Higham 2021, Accurately Computing the Log-Sum-Exp and Softmax Functions",
            Edits.NONE);

    static final Treatment BFLOAT_MEMORY = new Treatment(
            "mixed-bfloat16",
            Cause.MEMORY_BOUND,
            Safety.LIKELY,
            "Compute the forward pass in bfloat16",
            "with torch.autocast(device_type=\"cuda\", dtype=torch.bfloat16):\n    loss = criterion(model(x), y)",
            "keras.mixed_precision.set_global_policy(\"mixed_bfloat16\")",
            "Activations take half the memory; on hardware made for it, steps take half the time",
            "Micikevicius et al. 2018, Mixed Precision Training; Kalamkar et al. 2019",
            patient -> patient.spec().training().precision().equals("float32")
                    ? Changes.one("training.precision", "bfloat16", "half the memory for activations")
                    : List.of());

    private Precision() {}

    private static List<Change> bfloat(Patient patient) {
        return new Changes()
                .set(
                        patient.spec().training().precision().equals("float16"),
                        "training.precision",
                        "bfloat16",
                        "float16 ends at 65,504")
                .addAll(Scaling.normalize(patient, "standard", "mean 0, deviation 1"))
                .list();
    }
}
