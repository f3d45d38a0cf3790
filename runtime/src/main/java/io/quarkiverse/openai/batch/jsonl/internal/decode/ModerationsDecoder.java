package io.quarkiverse.openai.batch.jsonl.internal.decode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.openai.batch.jsonl.Moderations.Moderation;
import io.quarkiverse.openai.batch.jsonl.internal.json.JsonReads;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineJsonParser;

/** Reads the {@code results} of {@code /v1/moderations}. */
final class ModerationsDecoder {

    private ModerationsDecoder() {
    }

    static List<Moderation> read(LineJsonParser p) throws IOException {
        List<Moderation> results = new ArrayList<>(1);
        return JsonReads.objects(p, item -> results.add(readModeration(item))) ? results : null;
    }

    private static Moderation readModeration(LineJsonParser p) throws IOException {
        boolean flagged = false;
        Map<String, Boolean> categories = Map.of();
        Map<String, Double> scores = Map.of();
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            switch (name) {
                case "flagged" -> flagged = JsonReads.isTrue(p);
                case "categories" -> categories = readCategories(p);
                case "category_scores" -> scores = readScores(p);
                default -> JsonReads.skip(p);
            }
        }
        return new Moderation(flagged, categories, scores);
    }

    private static Map<String, Boolean> readCategories(LineJsonParser p) throws IOException {
        Map<String, Boolean> categories = new LinkedHashMap<>();
        if (JsonReads.object(p)) {
            for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
                categories.put(name, JsonReads.isTrue(p));
            }
        }
        return categories;
    }

    private static Map<String, Double> readScores(LineJsonParser p) throws IOException {
        Map<String, Double> scores = new LinkedHashMap<>();
        if (JsonReads.object(p)) {
            for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
                if (p.nextToken().isNumeric()) {
                    scores.put(name, p.getDoubleValue());
                }
                p.skipChildren();
            }
        }
        return scores;
    }
}
