package dev.auscult.app.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;

import dev.auscult.diagnose.Numbers;
import dev.auscult.train.check.LearningRateTest;
import dev.auscult.train.check.RateSuggestions;

/** A learning-rate range test as a picture, PNG or SVG by the ending of the file. */
public final class RatePicture {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 420;
    private static final int MARGIN = 60;

    private static final int GREY = 0x888888;
    private static final int PALE = 0xb8c4d8;
    private static final int BLUE = 0x2060c0;
    private static final int GREEN = 0x208040;

    private final List<Stroke> strokes = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();

    private RatePicture() {}

    private record Stroke(double x1, double y1, double x2, double y2, int colour, double width) {}

    private record Label(double x, double y, String text, int colour) {}

    /** Draws a test into a file. */
    public static void write(LearningRateTest.Result result, Path file) throws IOException {
        RatePicture picture = new RatePicture();
        picture.draw(result);
        if (file.toString().endsWith(".svg")) {
            Files.writeString(file, picture.svg());
        } else {
            try (var out = Files.newOutputStream(file)) {
                ImageIO.write(picture.image(), "png", out);
            }
        }
    }

    private void draw(LearningRateTest.Result result) {
        double[] rates = result.curve().rates();
        double[] smoothed = result.curve().smoothed();
        double low = Math.log10(rates[0]);
        double high = Math.max(low + 1, Math.log10(rates[rates.length - 1]));
        double least = DoubleStream.concat(
                        Arrays.stream(smoothed), Arrays.stream(result.curve().losses()))
                .filter(Double::isFinite)
                .min()
                .orElse(0);
        double most = Arrays.stream(smoothed).filter(Double::isFinite).max().orElse(1);
        double top = most > least ? most : least + 1;
        strokes.add(new Stroke(MARGIN, HEIGHT - MARGIN, WIDTH - MARGIN, HEIGHT - MARGIN, GREY, 1));
        strokes.add(new Stroke(MARGIN, MARGIN, MARGIN, HEIGHT - MARGIN, GREY, 1));
        for (int power = (int) Math.ceil(low - 1e-9); power <= high + 1e-9; power++) {
            double x = x(Math.pow(10, power), low, high);
            strokes.add(new Stroke(x, HEIGHT - MARGIN, x, HEIGHT - MARGIN + 5, GREY, 1));
            labels.add(new Label(x - 14, HEIGHT - MARGIN + 20, "1e" + power, GREY));
        }
        labels.add(new Label(6, MARGIN + 5, Numbers.of(top), GREY));
        labels.add(new Label(6, HEIGHT - MARGIN, Numbers.of(least), GREY));
        labels.add(new Label(MARGIN, HEIGHT - 12, "learning rate; loss of each step (pale) and smoothed (dark)", GREY));
        curve(rates, result.curve().losses(), new double[] {low, high, least, top}, PALE, 1);
        curve(rates, smoothed, new double[] {low, high, least, top}, BLUE, 2);
        suggestions(result.suggestions(), low, high);
    }

    private void curve(double[] rates, double[] losses, double[] range, int colour, double width) {
        for (int i = 1; i < rates.length; i++) {
            if (Double.isFinite(losses[i - 1]) && Double.isFinite(losses[i])) {
                strokes.add(new Stroke(
                        x(rates[i - 1], range[0], range[1]),
                        y(losses[i - 1], range[2], range[3]),
                        x(rates[i], range[0], range[1]),
                        y(losses[i], range[2], range[3]),
                        colour,
                        width));
            }
        }
    }

    private void suggestions(RateSuggestions found, double low, double high) {
        if (Double.isNaN(found.valley())) {
            return;
        }
        String[] names = {"steepest", "valley", "minimum/10", "slide"};
        double[] rates = {found.steepest(), found.valley(), found.minimum(), found.slide()};
        for (int i = 0; i < names.length; i++) {
            double x = x(rates[i], low, high);
            strokes.add(new Stroke(x, MARGIN, x, HEIGHT - MARGIN, GREEN, 1));
            // One below the other, since they may lie close together.
            String text = names[i] + String.format(Locale.ROOT, " %.2g", rates[i]);
            labels.add(new Label(x + 4, MARGIN + 14.0 * (i - 3), text, GREEN));
        }
        strokes.add(new Stroke(
                x(found.lowest(), low, high),
                HEIGHT - MARGIN,
                x(found.highest(), low, high),
                HEIGHT - MARGIN,
                GREEN,
                4));
    }

    private static double x(double rate, double low, double high) {
        return MARGIN + (Math.log10(rate) - low) / (high - low) * (WIDTH - 2 * MARGIN);
    }

    /** Losses above the largest smoothed one are cut off. */
    private static double y(double loss, double least, double most) {
        double share = Math.max(0, Math.min(1, (loss - least) / (most - least)));
        return HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN);
    }

    private String svg() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n",
                WIDTH,
                HEIGHT));
        for (Stroke s : strokes) {
            text.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#%06x\" stroke-width=\"%.0f\"/>%n",
                    s.x1,
                    s.y1,
                    s.x2,
                    s.y2,
                    s.colour,
                    s.width));
        }
        for (Label l : labels) {
            text.append(String.format(
                    Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" fill=\"#%06x\">%s</text>%n", l.x, l.y, l.colour, l.text));
        }
        return text.append("</svg>\n").toString();
    }

    private BufferedImage image() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        for (Stroke s : strokes) {
            graphics.setColor(new Color(s.colour));
            graphics.setStroke(new BasicStroke((float) s.width));
            graphics.draw(new Line2D.Double(s.x1, s.y1, s.x2, s.y2));
        }
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        for (Label l : labels) {
            graphics.setColor(new Color(l.colour));
            graphics.drawString(l.text, (float) l.x, (float) l.y);
        }
        graphics.dispose();
        return image;
    }
}
