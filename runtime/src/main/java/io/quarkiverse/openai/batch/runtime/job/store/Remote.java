package io.quarkiverse.openai.batch.runtime.job.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow.Answers;

/**
 * What a chunk has at its provider.
 *
 * @param intent what was decided last
 * @param fileId of the uploaded input
 * @param uploadedAt when it was uploaded
 * @param batch null as long as there is none
 * @param twins other batches of the same input
 * @param refused the batch of the same input that was refused last; null for none
 * @param cancelledByUs whether it is to be cancelled, or was by us
 * @param answers its results; before it is collected, those that its lines had before they moved here; null if there are
 *        none
 * @param abandoned whether nobody waits for its batch any more, which may still run
 * @param left files at the provider that could not be deleted
 */
public record Remote(Intent intent, String fileId, Instant uploadedAt, Seen batch, List<String> twins, String refused,
        boolean cancelledByUs, Answers answers, boolean abandoned, List<String> left) {

    /**
     * What was decided last about an effect at the provider.
     *
     * @param number counted from 1; 0 before the first
     * @param at when; null if nothing is open
     * @param leaseEnd when whoever decided it has sent the call, or never will; null if nothing is open
     */
    public record Intent(int number, Instant at, Instant leaseEnd) {

        static final Intent NONE = new Intent(0, null, null);

        Intent next(Instant now, Instant end) {
            return new Intent(number + 1, now, end);
        }

        Intent closed() {
            return new Intent(number, null, null);
        }
    }

    /**
     * A batch as it was last seen.
     *
     * @param createdAt by the server's clock
     * @param expiresAt by the server's clock
     * @param state its state
     * @param status the same in the provider's words
     * @param completed lines that the provider counts as completed
     * @param failed lines that the provider counts as failed
     * @param ran whether something of it was run, as far as files and counts tell
     */
    public record Seen(String id, Instant createdAt, Instant expiresAt, State state, String status, long completed,
            long failed, boolean ran) {
    }

    static final Remote NOTHING = new Remote(Intent.NONE, null, null, null, List.of(), null, false, null,
            false, List.of());

    /** Null as long as there is none. */
    public String batchId() {
        return batch == null ? null : batch.id;
    }

    /** Of the batch, by the server's clock; null if that is not known. */
    public Instant createdAt() {
        return batch == null ? null : batch.createdAt;
    }

    /** Whether the lease of an open intent runs. One that is longer than any that is given was stored by an earlier process. */
    public boolean isLeased(SteadyClock clock, Duration longest) {
        return intent.leaseEnd != null && clock.isBefore(intent.leaseEnd, longest);
    }

    private Remote with(Intent newIntent) {
        return new Remote(newIntent, fileId, uploadedAt, batch, twins, refused, cancelledByUs, answers, abandoned, left);
    }

    public Remote withIntent(Instant now, Instant leaseEnd) {
        return with(intent.next(now, leaseEnd));
    }

    /** With the call known to be over. */
    public Remote withLeaseEnd(Instant now) {
        return with(new Intent(intent.number, intent.at, now));
    }

    public Remote withoutIntent() {
        return with(intent.closed());
    }

    public Remote withFile(String id, Instant now) {
        return new Remote(intent.closed(), id, now, batch, twins, refused, cancelledByUs, answers, abandoned, left);
    }

    /** With its batch as the provider shows it, which is no twin of itself. */
    public Remote withBatch(RemoteBatch shown) {
        Instant created = shown.createdAt() == null ? createdAt() : shown.createdAt();
        return new Remote(intent.closed(), fileId, uploadedAt, new Seen(shown.id(), created, shown.expiresAt(),
                shown.state(), shown.status(), shown.completed(), shown.failed(), shown.hasRun()),
                twins.stream().filter(twin -> !twin.equals(shown.id())).toList(), refused, cancelledByUs, answers, abandoned,
                left);
    }

    /** Without its batch, to be created again from the same file. */
    public Remote withoutBatch() {
        return new Remote(intent.closed(), fileId, uploadedAt, null, twins, batchId(), false, answers, abandoned, left);
    }

    public Remote withTwin(String id) {
        List<String> all = Stream.concat(twins.stream(), Stream.of(id)).distinct().toList();
        return new Remote(intent, fileId, uploadedAt, batch, all, refused, cancelledByUs, answers, abandoned, left);
    }

    public Remote withCancel() {
        return new Remote(intent, fileId, uploadedAt, batch, twins, refused, true, answers, abandoned, left);
    }

    public Remote withAnswers(Answers collected) {
        return new Remote(intent, fileId, uploadedAt, batch, twins, refused, cancelledByUs, collected, abandoned, left);
    }

    /** With nobody waiting for its batch any more. A create without an answer stays known, so that it can be looked for. */
    public Remote asAbandoned() {
        return new Remote(batch == null ? intent : intent.closed(), fileId, uploadedAt, batch, twins, refused, cancelledByUs,
                answers, true, left);
    }

    /** With its batch waited for again. */
    public Remote asRecollected() {
        return new Remote(intent, fileId, uploadedAt, batch, twins, refused, cancelledByUs, null, false, left);
    }

    public Remote withLeft(List<String> files) {
        return new Remote(intent, fileId, uploadedAt, batch, twins, refused, cancelledByUs, answers, abandoned,
                List.copyOf(files));
    }

    /** Whether there is a batch, or may be one. */
    public boolean isRecollectable() {
        return batch != null || intent.at() != null && fileId != null;
    }

    /** The batches that may still run and cost, although nobody waits for them. */
    public Stream<String> mayRun() {
        return abandoned ? Stream.concat(Stream.ofNullable(batchId()), twins.stream()) : Stream.empty();
    }
}
