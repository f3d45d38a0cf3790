package io.quarkiverse.openai.batch.runtime.client.operation;

import java.util.List;
import java.util.function.Function;

import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.quarkiverse.openai.batch.model.ListFilesResponse;

/**
 * A page of a listing. A listing ends where a page says so ({@code has_more}), or says nothing of where to go on; an empty page
 * alone does not end it (field report: listings that ended silently in the middle).
 *
 * @param items what is on the page
 * @param next the cursor of the next page; null on the last one
 */
public record Page<T>(List<T> items, String next) {

    public static Page<Batch> of(ListBatchesResponse response) {
        List<Batch> data = response.data();
        if (response.paging() != null) {
            return new Page<>(data, response.paging().nextCursor());
        }
        return new Page<>(data, next(response.hasMore(), response.lastId(), data, Batch::id));
    }

    public static Page<FileObject> of(ListFilesResponse response) {
        List<FileObject> data = response.data();
        return new Page<>(data, next(response.hasMore(), response.lastId(), data, FileObject::id));
    }

    private static <T> String next(Boolean hasMore, String lastId, List<T> data, Function<T, String> id) {
        if (Boolean.FALSE.equals(hasMore)) {
            return null;
        }
        boolean lastItemIsCursor = lastId == null && Boolean.TRUE.equals(hasMore) && !data.isEmpty();
        return lastItemIsCursor ? id.apply(data.get(data.size() - 1)) : lastId;
    }
}
