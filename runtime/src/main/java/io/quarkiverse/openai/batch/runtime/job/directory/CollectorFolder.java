package io.quarkiverse.openai.batch.runtime.job.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.runtime.job.files.Disk;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Collector;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Entry;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Waiting;

/** The requests of one collector: files that jobs have claimed, and at most one that requests are added to. */
final class CollectorFolder {

    private static final Pattern FILE = Pattern.compile("requests-([0-9]{1,7})\\.log");
    /** Bits of a place that are the offset in a file. */
    private static final int OFFSET_BITS = 40;

    private final Disk disk;
    private final Path folder;
    private final TreeMap<Integer, CollectedFile> files = new TreeMap<>();
    private final PlacesOfIds places = new PlacesOfIds();
    private Collector collector;
    private CollectedFile open;

    private CollectorFolder(Disk disk, Path folder) {
        this.disk = disk;
        this.folder = folder;
    }

    /** Reads what an earlier process has left; without a collector if that is nothing. */
    static CollectorFolder read(Disk disk, Path folder) throws IOException {
        CollectorFolder read = new CollectorFolder(disk, folder);
        List<Integer> numbers = new ArrayList<>();
        try (Stream<Path> names = Files.list(folder)) {
            names.map(path -> FILE.matcher(path.getFileName().toString())).filter(Matcher::matches)
                    .forEach(name -> numbers.add(Integer.valueOf(name.group(1))));
        }
        for (int number : numbers.stream().sorted().toList()) {
            read.read(read.file(number));
        }
        return read;
    }

    static CollectorFolder of(Disk disk, Path folder, Collector collector) throws IOException {
        disk.createFolder(folder);
        CollectorFolder made = new CollectorFolder(disk, folder);
        made.collector = collector;
        return made;
    }

    private CollectedFile file(int number) {
        return new CollectedFile(disk, folder.resolve("requests-" + number + ".log"), number);
    }

    private void read(CollectedFile file) throws IOException {
        files.put(file.number(), file);
        Collector of = file.read((entry, at) -> put(entry, file.number(), at));
        collector = of == null ? collector : of;
        open = file.job() == null && of != null ? file : open;
    }

    private void put(Entry entry, int number, long at) {
        places.put(PlacesOfIds.hash(entry.customId()), place(number, at), this::isKept);
    }

    private static long place(int number, long at) {
        return (long) number << OFFSET_BITS | at;
    }

    private boolean isKept(long place) {
        return files.containsKey((int) (place >>> OFFSET_BITS));
    }

    /** Null if there is no request. */
    Collector collector() {
        return collector;
    }

    /**
     * @return the file that it was added to, which has to be forced; empty if it was there
     * @throws IllegalArgumentException if there is another one of the same id
     */
    synchronized Optional<CollectedFile> add(Entry entry) throws IOException {
        int known = find(entry.customId(), entry.digest());
        if (known < 0) {
            throw entry.isAnother(collector);
        }
        if (known > 0) {
            return Optional.empty();
        }
        if (open == null) {
            CollectedFile next = file(files.isEmpty() ? 1 : files.lastKey() + 1);
            next.create(collector);
            files.put(next.number(), next);
            open = next;
        }
        put(entry, open.number(), open.add(entry));
        return Optional.of(open);
    }

    /**
     * @param digest null for any
     * @return the number of the file that has it; 0 if there is none; -1 if it is another one
     */
    private int find(String customId, String digest) {
        return (int) places.find(PlacesOfIds.hash(customId), place -> {
            int number = (int) (place >>> OFFSET_BITS);
            CollectedFile file = files.get(number);
            Entry entry = file == null ? null : entry(file, place & (1L << OFFSET_BITS) - 1);
            if (entry == null || !entry.customId().equals(customId)) {
                return 0;
            }
            return digest == null || entry.digest().equals(digest) ? number : -1;
        });
    }

    private static Entry entry(CollectedFile file, long at) {
        try {
            return file.entryAt(at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized Waiting waiting() {
        return open == null ? Waiting.NOTHING : open.waiting();
    }

    synchronized boolean claim(String job) throws IOException {
        if (waiting().lines() == 0) {
            return false;
        }
        open.claim(job);
        open = null;
        return true;
    }

    /** Those of which the lines are here. */
    synchronized List<String> jobs() {
        return files.values().stream().filter(file -> file.job() != null && file.waiting().lines() > 0)
                .map(CollectedFile::job).toList();
    }

    synchronized boolean isOpen() {
        return files.values().stream().anyMatch(file -> file.waiting().lines() > 0);
    }

    /** Null if the request is in no job. */
    synchronized String job(String customId) {
        int number = find(customId, null);
        return number == 0 ? null : files.get(number).job();
    }

    /**
     * The file of a job without lines has another number, so that what is known of places in the one before does not count. A
     * halt may leave both.
     */
    synchronized void dropLines(String job) throws IOException {
        Optional<CollectedFile> file = withLines(job);
        if (file.isEmpty()) {
            return;
        }
        if (files.values().stream().noneMatch(other -> job.equals(other.job()) && other.waiting().lines() == 0)) {
            CollectedFile without = file(files.lastKey() + 1);
            file.get().copyWithoutLines(without);
            read(without);
        }
        files.remove(file.get().number());
        file.get().delete();
    }

    /** The file of a job, if the lines are still here. */
    synchronized Optional<CollectedFile> withLines(String job) {
        return files.values().stream().filter(file -> job.equals(file.job()) && file.waiting().lines() > 0).findFirst();
    }

    /**
     * @param job is true of jobs whose requests are meant; of null, for those in no job
     */
    synchronized void each(Predicate<String> job, BiConsumer<Collector, Entry> reader) {
        for (CollectedFile file : files.values().stream().filter(one -> job.test(one.job())).toList()) {
            try (Stream<Entry> entries = file.entries()) {
                entries.forEach(entry -> reader.accept(collector, entry));
            }
        }
    }

    synchronized void delete(Predicate<String> job) throws IOException {
        for (CollectedFile file : files.values().stream().filter(one -> job.test(one.job())).toList()) {
            files.remove(file.number());
            open = file == open ? null : open;
            file.delete();
        }
    }
}
