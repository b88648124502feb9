package dev.auscult.intake.sb3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import dev.auscult.intake.LogFile;
import dev.auscult.intake.UnreadableLogException;
import dev.auscult.intake.npy.NpyBytes;
import dev.auscult.intake.table.Tables;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sb3ReadersTest {
    @TempDir
    Path folder;

    private final Sb3EvaluationsReader evaluations = new Sb3EvaluationsReader();

    private static byte[] archive(Map<String, byte[]> entries) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] archive(byte[] results) throws Exception {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("timesteps.npy", NpyBytes.longs("(2,)", 1000, 2000));
        entries.put("results.npy", results);
        entries.put("ep_lengths.npy", NpyBytes.longs("(2, 3)", 1, 2, 3, 4, 5, 6));
        return archive(entries);
    }

    private LogFile file(byte[] bytes) throws Exception {
        return LogFile.of(Files.write(folder.resolve("evaluations.npz"), bytes));
    }

    @Test
    void readsProgressByTimesteps() throws Exception {
        Sb3ProgressReader reader = new Sb3ProgressReader();
        LogFile file = Tables.file(
                folder,
                "progress.csv",
                "rollout/ep_rew_mean,time/time_elapsed,time/total_timesteps,train/loss\n-200,3,2048,\n-150,6,4096,0.5\n");
        Tables tables = Tables.read(reader, file);

        assertThat(reader.recognise(file)).isEqualTo(90);
        assertThat(tables.steps("rollout/ep_rew_mean")).containsExactly(2048, 4096);
        assertThat(Tables.series(tables.one(), "train/loss").wallTime(0)).isEqualTo(6);
    }

    @Test
    void addsUpTheEpisodesOfAMonitor() throws Exception {
        Sb3MonitorReader reader = new Sb3MonitorReader();
        LogFile file = Tables.file(
                folder,
                "0.monitor.csv",
                "#{\"t_start\": 1600000000.5, \"env_id\": \"CartPole-v1\"}\nr,l,t\n12.0,12,0.5\n30.0,30,0.75\n");
        Tables tables = Tables.read(reader, file);

        assertThat(reader.recognise(file)).isEqualTo(95);
        assertThat(tables.steps("r")).containsExactly(12, 42);
        assertThat(tables.values("r")).containsExactly(12, 30);
        assertThat(Tables.series(tables.one(), "r").wallTime(1)).isEqualTo(0.75);
    }

    @Test
    void averagesTheEpisodesOfEveryEvaluation() throws Exception {
        LogFile file = file(archive(NpyBytes.doubles("(2, 3)", -1, -2, -3, 1, 2, 6)));
        Tables tables = Tables.read(evaluations, file);

        assertThat(evaluations.recognise(file)).isEqualTo(95);
        assertThat(tables.values("eval/mean_reward")).containsExactly(-2, 3);
        assertThat(tables.steps("eval/mean_reward")).containsExactly(1000, 2000);
        assertThat(tables.values("eval/mean_ep_length")).containsExactly(2, 5);
    }

    @Test
    void refusesPickles() throws Exception {
        Tables tables = Tables.read(evaluations, file(archive(NpyBytes.objects("(2,)"))));

        assertThat(tables.values("eval/mean_ep_length")).containsExactly(2, 5);
        assertThat(tables.problems())
                .containsExactly("0: results.npy is an array of Python objects, which is a pickle and is never opened");
    }

    @Test
    void doesNotBelieveShapes() throws Exception {
        Tables tables = Tables.read(evaluations, file(archive(NpyBytes.doubles("(900000000000, 3)", -1, -2, -3, 1))));

        assertThat(tables.values("eval/mean_reward")).containsExactly(-2);
        assertThat(tables.problems()).containsExactly("0: results.npy ends early; what came before was read");
    }

    @Test
    void refusesAnArrayThatUnpacksWithoutEnd() throws Exception {
        LogFile file = file(archive(NpyBytes.doubles("(1100000,)", new double[1_100_000])));
        Tables tables = Tables.read(evaluations, file);

        assertThat(tables.values("eval/mean_ep_length")).containsExactly(2, 5);
        assertThat(tables.problems())
                .containsExactly("0: results.npy holds more than 1000000 numbers;"
                        + " EvalCallback writes a few per evaluation");
    }

    @Test
    void survivesDamage() throws Exception {
        byte[] whole = archive(NpyBytes.doubles("(2, 3)", -1, -2, -3, 1, 2, 6));
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            byte[] bytes = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            for (int i = random.nextInt(8); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(Tables.read(evaluations, file(bytes)).one().points()).isPositive();
            } catch (UnreadableLogException refused) {
                Assertions.assertThat(refused).hasMessageNotContaining("\n");
            }
        }
    }
}
