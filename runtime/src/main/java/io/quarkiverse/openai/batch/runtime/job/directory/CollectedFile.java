package io.quarkiverse.openai.batch.runtime.job.directory;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.runtime.job.files.Disk;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Collector;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Entry;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Waiting;

/**
 * A file to which the requests of a collector are appended, until a job claims all of them. What was broken off by a halt is a
 * line that does not count.
 */
final class CollectedFile {

    private static final Logger LOG = Logger.getLogger(CollectedFile.class);

    private static final int BUFFER = 1 << 16;

    private final Disk disk;
    private final Path path;
    private final int number;
    private final Object forcing = new Object();
    private Waiting waiting = Waiting.NOTHING;
    private String job;
    private volatile long size;
    private long forced;
    private boolean brokenOff;

    CollectedFile(Disk disk, Path path, int number) {
        this.disk = disk;
        this.path = path;
        this.number = number;
    }

    int number() {
        return number;
    }

    /** Null if no job has claimed it. */
    String job() {
        return job;
    }

    /** The requests of which the lines are here. */
    Waiting waiting() {
        return waiting;
    }

    void create(Collector collector) throws IOException {
        disk.create(path);
        append(CollectedRecord.of(collector));
        disk.force(path);
        disk.forceFolder(path.getParent());
    }

    /** Returns where it begins. It is on disk once it was forced. */
    long add(Entry entry) throws IOException {
        long at = append(CollectedRecord.of(entry));
        count(entry);
        return at;
    }

    private void count(Entry entry) {
        if (entry.line().length > 0) {
            Instant oldest = waiting.oldest() == null ? entry.addedAt() : waiting.oldest();
            waiting = new Waiting(waiting.lines() + 1, waiting.bytes() + entry.line().length, oldest);
        }
    }

    private long append(byte[] record) throws IOException {
        if (brokenOff) {
            disk.append(path, ByteBuffer.wrap(new byte[] { '\n' }));
            size = Files.size(path);
            brokenOff = false;
        }
        brokenOff = true;
        disk.append(path, ByteBuffer.wrap(record));
        brokenOff = false;
        long at = size;
        size += record.length;
        return at;
    }

    /** What was added is on disk afterwards. Those who add at the same time wait for the same force. */
    void force() throws IOException {
        long asked = size;
        synchronized (forcing) {
            if (forced < asked) {
                long reached = size;
                disk.force(path);
                forced = reached;
            }
        }
    }

    void claim(String newJob) throws IOException {
        append(CollectedRecord.ofJob(newJob));
        force();
        job = newJob;
    }

    /** Writes the requests without their lines to another file, which counts once it has its name. */
    void copyWithoutLines(CollectedFile other) throws IOException {
        Path next = other.path.resolveSibling(other.path.getFileName() + Disk.NEXT);
        disk.delete(next);
        disk.create(next);
        ByteArrayOutputStream some = new ByteArrayOutputStream(BUFFER);
        try (Records records = new Records(0)) {
            some.writeBytes(CollectedRecord.of(records.collector()));
            while (records.hasNext()) {
                some.writeBytes(CollectedRecord.of(records.next().withoutLine()));
                if (some.size() >= BUFFER) {
                    disk.append(next, ByteBuffer.wrap(some.toByteArray()));
                    some.reset();
                }
            }
        }
        some.writeBytes(CollectedRecord.ofJob(job));
        disk.append(next, ByteBuffer.wrap(some.toByteArray()));
        disk.force(next);
        disk.move(next, other.path);
        disk.forceFolder(other.path.getParent());
    }

    void delete() throws IOException {
        disk.delete(path);
        disk.forceFolder(path.getParent());
    }

    /** Something of each request, with where it begins. */
    interface Visitor {

        void request(Entry entry, long at);
    }

    /**
     * Reads a file of an earlier process.
     *
     * @return whose it is; null if there is nothing in it
     */
    Collector read(Visitor visitor) throws IOException {
        try (Records records = new Records(0)) {
            while (records.hasNext()) {
                long at = records.start();
                Entry entry = records.next();
                count(entry);
                visitor.request(entry, at);
            }
            job = records.claimed();
            size = Files.size(path);
            forced = size;
            brokenOff = !records.isWhole();
            return records.collector();
        }
    }

    /** Null if it is damaged. */
    Entry entryAt(long offset) throws IOException {
        try (Records records = new Records(offset)) {
            return records.hasNext() ? records.next() : null;
        }
    }

    Stream<byte[]> lines() {
        return entries().map(Entry::line).filter(line -> line.length > 0);
    }

    /** The stream must be closed. */
    Stream<Entry> entries() {
        try {
            Records records = new Records(0);
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(records, Spliterator.ORDERED), false)
                    .onClose(records::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Records implements Iterator<Entry>, AutoCloseable {

        private final InputStream in;
        private Collector collector;
        private String claimed;
        private Entry next;
        private long start;
        private long position;
        private boolean whole = true;

        private Records(long offset) throws IOException {
            in = new BufferedInputStream(Files.newInputStream(path), BUFFER);
            in.skipNBytes(offset);
            position = offset;
        }

        /** Null if it was not read yet, or is damaged. */
        private Collector collector() {
            hasNext();
            return collector;
        }

        /** Null if none is known so far. */
        private String claimed() {
            return claimed;
        }

        private boolean isWhole() {
            return whole;
        }

        /** Where the next one begins. */
        private long start() {
            return hasNext() ? start : position;
        }

        @Override
        public boolean hasNext() {
            try {
                while (next == null) {
                    start = position;
                    byte[] bytes = line();
                    if (bytes == null) {
                        return false;
                    }
                    take(CollectedRecord.parse(bytes));
                }
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void take(CollectedRecord record) {
            if (record == null) {
                LOG.warnf("%s has a damaged line at byte %d, perhaps of a halt, and it does not count", path, start);
            } else if (record.isCollector()) {
                collector = record.collector();
            } else if (record.isJob()) {
                claimed = record.job();
            } else if (record.isRequest()) {
                next = record.entry();
            }
        }

        /** Without its newline; null at the end, also at that of one that was broken off. */
        private byte[] line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b >= 0; b = in.read()) {
                position++;
                if (b == '\n') {
                    return line.toByteArray();
                }
                line.write(b);
            }
            whole = line.size() == 0;
            return null;
        }

        @Override
        public Entry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Entry entry = next;
            next = null;
            return entry;
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
