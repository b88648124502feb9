package dev.auscult.repair.remedy;

import java.util.List;

import dev.auscult.data.DataSettings;
import dev.auscult.diagnose.Remedy.Safety;
import dev.auscult.diagnose.cause.Cause;
import dev.auscult.train.spec.SpecEdit.Change;

/** More examples, made from those that there are; and the order in which they come. */
final class MoreData {
    private static final double MOST_NOISE = 0.3;
    private static final double MOST_DEGREES = 20;
    private static final double MOST_MIXUP = 0.4;
    private static final double MOST_SHARE = 0.2;

    static final Treatment AUGMENT = new Treatment(
            "augment",
            Cause.TOO_LITTLE_DATA,
            Safety.LIKELY,
            "Change training examples a little each time they are read, in ways that leave their label true",
            """
            from torchvision.transforms import v2
            change = v2.Compose([v2.RandomCrop(32, padding=4), v2.RandomHorizontalFlip()])
            x = x + 0.1 * torch.randn_like(x)  # numbers of a table, after scaling""",
            """
            keras.Sequential([keras.layers.RandomTranslation(0.1, 0.1), keras.layers.RandomFlip("horizontal")])
            keras.layers.GaussianNoise(0.1)  # numbers of a table, after scaling""",
            "The network sees no example twice alike and learns what stays the same",
            "Shorten and Khoshgoftaar 2019, A survey on Image Data Augmentation; Bishop 1995, Training with Noise is Equivalent"
                    + " to Tikhonov Regularization",
            MoreData::augment);

    static final Treatment MIXUP = new Treatment(
            "mixup",
            Cause.TOO_LITTLE_DATA,
            Safety.TRY,
            "Train on mixtures of two examples and of their labels",
            """
            share = torch.distributions.Beta(0.2, 0.2).sample()
            order = torch.randperm(len(x))
            out = model(share * x + (1 - share) * x[order])
            loss = share * criterion(out, y) + (1 - share) * criterion(out, y[order])""",
            """
            share = numpy.random.beta(0.2, 0.2)
            order = numpy.random.permutation(len(x))
            x, y = share * x + (1 - share) * x[order], share * y + (1 - share) * y[order]  # y one-hot""",
            "Predictions change linearly between examples",
            "Zhang et al. 2018, mixup: Beyond Empirical Risk Minimization",
            patient -> Usual.isText(patient) || has(patient, "mixup")
                    ? List.of()
                    : Changes.one("data.augment", "+[{mixup: 0.2}]", "examples between examples"));

    static final Treatment COPULA = generated(
            "rows-from-a-copula",
            "copula",
            "Make as many new rows as there are by a Gaussian copula of the training part",
            """
            from sdv.metadata import Metadata
            from sdv.single_table import GaussianCopulaSynthesizer
            made = GaussianCopulaSynthesizer(Metadata.detect_from_dataframe(train))
            made.fit(train)
            train = pandas.concat([train, made.sample(len(train))])""",
            "Nelsen 2006, An Introduction to Copulas; Patki et al. 2016, The Synthetic Data Vault");

    static final Treatment AUTOENCODER = generated(
            "rows-from-an-autoencoder",
            "vae",
            "Make as many new rows as there are by a small variational autoencoder of the training part",
            """
            from sdv.metadata import Metadata
            from sdv.single_table import TVAESynthesizer
            made = TVAESynthesizer(Metadata.detect_from_dataframe(train))
            made.fit(train)
            train = pandas.concat([train, made.sample(len(train))])""",
            "Kingma and Welling 2014, Auto-Encoding Variational Bayes; Xu et al. 2019, Modeling Tabular Data, TVAE");

    static final Treatment COLLECT = new Treatment(
            "collect-more-data",
            Cause.TOO_LITTLE_DATA,
            Safety.SAFE,
            "Collect more examples, or begin with a network that was trained on many",
            """
            model = torchvision.models.resnet18(weights="DEFAULT")
            model.fc = torch.nn.Linear(512, classes)""",
            "base = keras.applications.MobileNetV3Small(include_top=False, weights=\"imagenet\", pooling=\"avg\")",
            "The held-out loss falls as a power of the number of examples",
            "Karpathy 2019, A Recipe for Training Neural Networks, step 4; Hestness et al. 2017, Deep Learning Scaling is"
                    + " Predictable",
            Edits.NONE);

    static final Treatment MILDER = new Treatment(
            "milder-augmentation",
            Cause.TOO_STRONG_AUGMENTATION,
            Safety.LIKELY,
            "Bring each augmentation down to its usual strength",
            "x = x + 0.1 * torch.randn_like(x)  # in units of the scaled input",
            "keras.layers.GaussianNoise(0.1)",
            "Changed examples can still be told apart",
            "Shorten and Khoshgoftaar 2019, A survey on Image Data Augmentation; Zhang et al. 2018, mixup, section 3",
            MoreData::milder);

    static final Treatment NONE = new Treatment(
            "no-augmentation",
            Cause.TOO_STRONG_AUGMENTATION,
            Safety.TRY,
            "Train on the examples as they are",
            "dataset = MyDataset(transform=None)",
            "model = keras.Sequential([*layers])  # without the Random… and noise layers",
            "Training and evaluation see the same kind of examples",
            "Slavv 2017, 37 Reasons why your Neural Network is not working, reason 13",
            patient -> patient.spec().data().augment().isEmpty()
                    ? List.of()
                    : Changes.one("data.augment", "[]", "changed examples beyond what they are"));

    static final Treatment SHUFFLE = new Treatment(
            "shuffle",
            Cause.UNSHUFFLED_DATA,
            Safety.SAFE,
            "Shuffle the training examples anew in every epoch",
            "loader = torch.utils.data.DataLoader(train_set, batch_size=64, shuffle=True)",
            "model.fit(x, y, shuffle=True)  # for a tf.data.Dataset: dataset.shuffle(len(x))",
            "Every batch is a fair sample, and the loss loses its period of one epoch",
            "Bengio 2012, Practical Recommendations for Gradient-Based Training, section 3.1",
            patient -> patient.spec().data().shuffle()
                    ? List.of()
                    : Changes.one("data.shuffle", "true", "batches of one class each pull to and fro"));

    static final Treatment RANDOM_SPLIT = new Treatment(
            "stratified-split",
            Cause.UNSHUFFLED_DATA,
            Safety.TRY,
            "Hold out a random share of every class, not the end of a sorted file",
            "train, valid = sklearn.model_selection.train_test_split(rows, test_size=0.2, stratify=labels)",
            "train, valid = sklearn.model_selection.train_test_split(rows, test_size=0.2, stratify=labels)",
            "Both parts hold every class",
            "Kohavi 1995, A Study of Cross-Validation and Bootstrap",
            Edits.NONE);

    static final Treatment DROP_LEAK = new Treatment(
            "leave-out-what-leaks",
            Cause.DATA_LEAK,
            Safety.TRY,
            "Leave out columns that hold the answer, and keep rows of one group, copies and later rows on one side of the split",
            "train_x = train_x.drop(columns=[\"leaked\"])",
            "train_x = train_x.drop(columns=[\"leaked\"])",
            "Held-out figures fall to what the network will do on new data",
            "Kaufman et al. 2012, Leakage in Data Mining; Kapoor and Narayanan 2023, Leakage and the Reproducibility Crisis",
            FindingEdits.of("DAT201", "DAT202", "DAT203", "DAT204"));

    static final Treatment DEDUPLICATE = new Treatment(
            "split-after-removing-copies",
            Cause.DATA_LEAK,
            Safety.SAFE,
            "Remove copies first, then split, then fit scaling and selection on the training part alone",
            "rows = rows.drop_duplicates()\ntrain, valid = sklearn.model_selection.train_test_split(rows, test_size=0.2)",
            "rows = rows.drop_duplicates()\ntrain, valid = sklearn.model_selection.train_test_split(rows, test_size=0.2)",
            "No held-out row was trained on",
            "Kapoor and Narayanan 2023, Leakage and the Reproducibility Crisis, table 1",
            Edits.NONE);

    static final Treatment SHIFT_COLUMNS = new Treatment(
            "leave-out-what-shifts",
            Cause.DISTRIBUTION_SHIFT,
            Safety.TRY,
            "Leave out columns that differ between training and held-out data, where they tell nothing but the difference",
            "train_x, valid_x = (x.drop(columns=[\"shifted\"]) for x in (train_x, valid_x))",
            "train_x, valid_x = (x.drop(columns=[\"shifted\"]) for x in (train_x, valid_x))",
            "The network relies on what holds in both parts",
            "Rabanser et al. 2019, Failing Loudly; Shimodaira 2000, Improving predictive inference under covariate shift",
            FindingEdits.of("DAT205", "DAT206", "DAT207", "DAT208"));

    static final Treatment SAME_SOURCE = new Treatment(
            "train-on-what-will-come",
            Cause.DISTRIBUTION_SHIFT,
            Safety.SAFE,
            "Collect training data where the network will be used, or weigh training rows by how much they look like it",
            """
            p = old_or_new.predict_proba(train_x)[:, 1]  # a classifier of held-out against training rows
            loss = (weight * criterion_without_reduction(model(x), y)).mean()  # weight = p / (1 - p)""",
            "model.fit(train_x, train_y, sample_weight=p / (1 - p))",
            "Held-out loss nears that of training",
            "Shimodaira 2000, Improving predictive inference under covariate shift",
            Edits.NONE);

    private MoreData() {}

    private static Treatment generated(String name, String type, String text, String snippet, String source) {
        return new Treatment(
                name,
                Cause.TOO_LITTLE_DATA,
                Safety.TRY,
                text,
                snippet,
                snippet,
                "The network sees what lies between and around the rows that there are; made rows never are held out",
                source,
                patient -> isTable(patient)
                        ? Changes.one("data.generate", type, "rows like those that there are")
                        : List.of());
    }

    /** Rows whose columns have no order: neither text nor images nor series. */
    private static boolean isTable(Patient patient) {
        return !Usual.isText(patient)
                && patient.spec().data().audio() == null
                && patient.spec().data().image() == null
                && patient.spec().data().sequence() == null
                && !SpecLayers.of(patient).has("conv", "rnn", "lstm", "gru", "reshape");
    }

    private static boolean has(Patient patient, String type) {
        return patient.spec().data().augment().stream().anyMatch(a -> a.type().equals(type));
    }

    /** What suits the kind of input; none on top of one that is there. */
    private static List<Change> augment(Patient patient) {
        if (!patient.spec().data().augment().isEmpty()) {
            return List.of();
        }
        SpecLayers layers = SpecLayers.of(patient);
        boolean reshaped = layers.has("reshape");
        String change = Usual.isText(patient)
                ? "{token-drop: 0.1}"
                : patient.spec().data().audio() != null
                        ? "{time-shift: 0.1}"
                        : layers.has("conv") && !reshaped ? "{crop: 2}" : "{noise: 0.1}";
        return Changes.one("data.augment", "[" + change + "]", "no example is seen twice alike");
    }

    private static List<Change> milder(Patient patient) {
        List<DataSettings.Augment> now = patient.spec().data().augment();
        Changes changes = new Changes();
        for (int i = 0; i < now.size(); i++) {
            DataSettings.Augment change = now.get(i);
            String usual = switch (change.type()) {
                case "noise" -> change.amount() > MOST_NOISE ? "{noise: 0.1}" : "";
                case "rotate" -> change.amount() > MOST_DEGREES ? "{rotate: 10}" : "";
                case "mixup" -> change.amount() > MOST_MIXUP ? "{mixup: 0.2}" : "";
                case "time-shift" -> change.amount() > MOST_SHARE ? "{time-shift: 0.1}" : "";
                case "token-drop" -> change.amount() > MOST_SHARE ? "{token-drop: 0.1}" : "";
                case "crop" -> change.amount() > 4 ? "{crop: 4}" : "";
                case "cutout" -> change.amount() > 8 ? "{cutout: 8}" : "";
                default -> "";
            };
            if (!usual.isEmpty()) {
                changes.set(
                        "data.augment." + i,
                        usual,
                        "usual strength; " + Numbers.exact(change.amount()) + " was beyond it");
            }
        }
        return changes.list();
    }
}
