package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.instancio.junit.InstancioExtension;
import org.instancio.junit.InstancioSource;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.openai.batch.jsonl.internal.json.Json;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineJsonParser;
import io.quarkiverse.openai.batch.jsonl.internal.json.TextDecoder;

@ExtendWith(InstancioExtension.class)
class TextsAndVectorsAreWhatJacksonReadsTest {

    private static final String[] PIECES = { "a", "plain text, rather long", "é", "ß", "東京", "😀", "\\n", "\\\"", "\\\\", "\\/",
            "\\t", "\\b", "\\f", "\\r", "\\u0041", "\\u00e9", "\\u6771", "\\ud83d\\ude00", "\\ud83d", "\\ude00x", "\u007f",
            "\u2028", "\\u0000", "\uFFFD", "\\ufffd" };
    private static final String[] BROKEN = { "\\x", "\\u12", "\\uzzzz", "\u0001", "\t", "\\" };

    @ParameterizedTest
    @InstancioSource(samples = 2000)
    void anyText(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = ("[1, \"" + pieces(random) + "\", 2]").getBytes(StandardCharsets.UTF_8);

        try (LineJsonParser ours = LineJsonParser.of(bytes, 0, bytes.length);
                JsonParser jackson = Json.FACTORY.createParser(bytes)) {
            move(ours, 3);
            move(jackson, 3);
            assertThat(ours.text()).isEqualTo(jackson.getText());
            assertThat(ours.nextToken()).isEqualTo(JsonToken.VALUE_NUMBER_INT);
            assertThat(ours.getIntValue()).isEqualTo(2);
            assertThat(ours.nextToken()).isEqualTo(JsonToken.END_ARRAY);
        }
    }

    @ParameterizedTest
    @InstancioSource(samples = 1000)
    void aTextThatIsNotUtf8IsNotDecoded(long seed) {
        Random random = new Random(seed);
        byte[][] broken = { { (byte) 0xC3 }, { (byte) 0xA9 }, { (byte) 0xED, (byte) 0xA0, (byte) 0xBD },
                { (byte) 0xC0, (byte) 0x80 }, { (byte) 0xF0, (byte) 0x9F, (byte) 0x98 }, { (byte) 0xFF } };
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(pieces(random).getBytes(StandardCharsets.UTF_8));
        text.writeBytes(broken[random.nextInt(broken.length)]);
        text.writeBytes((pieces(random) + '"').getBytes(StandardCharsets.UTF_8));

        assertThat(new TextDecoder(text.toByteArray(), text.size()).decode(0)).isNull();
    }

    @ParameterizedTest
    @InstancioSource(samples = 300)
    void aBrokenTextIsAnErrorAsItIsToJackson(long seed) {
        Random random = new Random(seed);
        String text = PIECES[random.nextInt(PIECES.length)] + BROKEN[random.nextInt(BROKEN.length)]
                + (random.nextBoolean() ? "more than eight bytes" : "");

        BatchResult result = Lines.answered("{\"choices\": [{\"text\": \"" + text + "\"}]}");

        assertThat(result.outcome()).isEqualTo(Outcome.MALFORMED);
    }

    @ParameterizedTest
    @InstancioSource(samples = 2000)
    void anyFloat(int bits, double number, long digits) throws IOException {
        float value = Float.intBitsToFloat(bits);
        assertFloat(Float.isFinite(value) ? Float.toString(value) : "-0");
        assertFloat(Double.toString(number / 1e5));
        assertFloat("0." + Math.abs(digits % 1_000_000_000));
        assertFloat(digits + "." + Math.abs(digits));
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "-0", "-0.0", "0.1", "1e3", "1E-3", "-1.5e+2", "16777217", "16777217.0", "16777216.99999999",
            "0.000000000000000000000000000000000000000000001", "3.4028235e38", "1e39", "123456789012345678901234567890",
            "0.100000001490116119384765625", "1.00000005960464477", "1.00000017881393432617" })
    void thatIsDelicate(String number) throws IOException {
        assertFloat(number);
    }

    @ParameterizedTest
    @ValueSource(strings = { "[01]", "[1.]", "[.5]", "[-]", "[1e]", "[+1]", "[1,]", "[1 2]", "[NaN]", "[0x1]", "[--1]",
            "[1,,2]" })
    void whatIsNoNumberOfJsonIsMalformed(String vector) {
        assertThat(Lines.answered("{\"data\": [{\"embedding\": " + vector + "}]}").outcome()).isEqualTo(Outcome.MALFORMED);
    }

    private static String pieces(Random random) {
        StringBuilder text = new StringBuilder();
        for (int k = random.nextInt(20); k > 0; k--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static void assertFloat(String number) throws IOException {
        byte[] bytes = ("[" + number + " , " + number + "]").getBytes(StandardCharsets.UTF_8);
        try (LineJsonParser p = LineJsonParser.of(bytes, 0, bytes.length)) {
            p.nextToken();
            assertThat(p.floats()).as(number).containsExactly(Float.parseFloat(number), Float.parseFloat(number));
            assertThat(p.nextToken()).isEqualTo(JsonToken.END_ARRAY);
            assertThat(p.nextToken()).isNull();
        }
    }

    private static void move(JsonParser parser, int tokens) throws IOException {
        for (int k = 0; k < tokens; k++) {
            parser.nextToken();
        }
    }
}
