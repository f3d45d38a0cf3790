package io.quarkiverse.openai.batch.emulator.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.emulator.answer.Hash64;
import io.quarkiverse.openai.batch.emulator.control.Faults.SeededListingFault;
import io.quarkiverse.openai.batch.emulator.control.ListingFault;

/** One page of a listing, distorted as faults say. */
final class Listing {

    private static final String MADE_UP = "_of_an_endless_listing_";
    private static final long LONG_AGO = 1_600_000_000;

    private final String object;
    private final List<SeededListingFault> faults;
    private final String after;

    /**
     * @param object what is listed, {@code batch} or {@code file}
     * @param after the id after which the page begins; null or empty for the first page
     */
    Listing(String object, List<SeededListingFault> faults, String after) {
        this.object = object;
        this.faults = faults;
        this.after = after == null || any(ListingFault::isCircling) ? "" : after;
    }

    private boolean any(Predicate<ListingFault> kind) {
        return faults.stream().map(SeededListingFault::fault).anyMatch(kind);
    }

    /** The id after which the page begins, if it is of something that exists. */
    Optional<String> cursor() {
        return after.isEmpty() || isMadeUp() ? Optional.empty() : Optional.of(after);
    }

    private boolean isMadeUp() {
        return after.startsWith(object + MADE_UP);
    }

    boolean fromNewest(boolean wished) {
        return wished != any(ListingFault::isOldestFirst);
    }

    boolean shows(String id, Instant createdAt, Instant now) {
        return faults.stream().noneMatch(lie -> lie.fault().leavesOut(id, createdAt, now, lie.seed()));
    }

    /** A batch as the listing shows it. */
    ObjectNode shown(ObjectNode batch) {
        String id = batch.get("id").textValue();
        if (faults.stream().anyMatch(lie -> lie.fault().hidesInput(id, lie.seed()))) {
            batch.put("input_file_id", "file-" + Hash64.hex(Hash64.of(id)));
        }
        return batch;
    }

    /** The first items as a page; whether there are more is found by trying to take one more. */
    <T> ObjectNode page(Stream<T> items, int limit, Function<T, ObjectNode> show) {
        List<T> taken = isMadeUp() ? List.of() : items.limit(limit + 1L).toList();
        ObjectNode page = JsonNodeFactory.instance.objectNode().put("object", "list");
        ArrayNode data = page.putArray("data");
        taken.stream().limit(limit).map(show).forEach(data::add);
        boolean endless = any(ListingFault::isEndless);
        if (endless) {
            IntStream.range(0, limit - data.size()).mapToObj(this::madeUp).forEach(data::add);
        }
        page.set("first_id", data.path(0).get("id"));
        page.set("last_id", data.path(data.size() - 1).get("id"));
        page.put("has_more", taken.size() > limit || endless || any(ListingFault::isCircling));
        return page;
    }

    private ObjectNode madeUp(int index) {
        String prefix = object + MADE_UP;
        long first = isMadeUp() ? Long.parseLong(after.substring(prefix.length())) + 1 : 0;
        return JsonNodeFactory.instance.objectNode().put("id", prefix + (first + index)).put("object", object)
                .put("created_at", LONG_AGO).put("status", "completed").put("input_file_id", "file" + MADE_UP)
                .put("bytes", 0).put("filename", "endless.jsonl").put("purpose", "batch");
    }
}
