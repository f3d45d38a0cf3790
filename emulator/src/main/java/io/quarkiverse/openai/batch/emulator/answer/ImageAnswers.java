package io.quarkiverse.openai.batch.emulator.answer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/images/generations} and {@code /v1/images/edits}: PNG images of one pixel whose colour is derived from the
 * prompt.
 */
public final class ImageAnswers implements Answers {

    private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
    private static final byte[] ONE_PIXEL_TRUE_COLOUR = { 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0 };

    @Override
    public long promptTokens(ObjectNode body) {
        return Tokens.of(body.path("prompt").asText(""));
    }

    @Override
    public ObjectNode answer(LineRequest request) throws InvalidLineRequest {
        String prompt = request.required("prompt").asText();
        int images = request.integer("n", 1, 1, 10);
        ObjectNode answer = Answers.object().put("created", request.createdAt());
        ArrayNode data = answer.putArray("data");
        for (int index = 0; index < images; index++) {
            byte[] png = png((int) Hash64.mix(Hash64.of(prompt) + index));
            data.addObject().put("b64_json", Base64.getEncoder().encodeToString(png));
        }
        Usages.responses(answer, promptTokens(request.body()), 0, images);
        return answer;
    }

    private static byte[] png(int colour) {
        byte[] row = { 0, (byte) (colour >> 16), (byte) (colour >> 8), (byte) colour };
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        png.writeBytes(chunk("IHDR", ONE_PIXEL_TRUE_COLOUR));
        png.writeBytes(chunk("IDAT", deflate(row)));
        png.writeBytes(chunk("IEND", new byte[0]));
        return png.toByteArray();
    }

    private static byte[] chunk(String type, byte[] data) {
        byte[] typed = ByteBuffer.allocate(4 + data.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(data).array();
        CRC32 crc = new CRC32();
        crc.update(typed);
        return ByteBuffer.allocate(typed.length + 8).putInt(data.length).put(typed).putInt((int) crc.getValue()).array();
    }

    private static byte[] deflate(byte[] data) {
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        byte[] buffer = new byte[64];
        int length = deflater.deflate(buffer);
        deflater.end();
        return ByteBuffer.allocate(length).put(buffer, 0, length).array();
    }
}
