package io.quarkiverse.openai.batch.endurance.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the job of a run is: a folder, and a database if it is stored in one. */
final class Place {

    private final String name;
    private final Path directory;
    private final Databases databases;
    private String database = "";

    private Place(String name, Path directory, Databases databases) {
        this.name = name;
        this.directory = directory;
        this.databases = databases;
    }

    /**
     * @param parent of its folder
     * @param databases null if the folder stores the job
     */
    static Place named(String name, Path parent, Databases databases) {
        return new Place(name, parent.resolve(name), databases);
    }

    Path directory() {
        return directory;
    }

    /** The JDBC URL; empty if the folder stores the job. */
    String database() {
        return database;
    }

    /** Makes it, without what an earlier run of the name has left. */
    void make() throws IOException {
        deleteDirectory();
        Files.createDirectories(directory);
        if (databases != null) {
            database = databases.make(name);
        }
    }

    void delete() throws IOException {
        deleteDirectory();
        if (databases != null) {
            databases.drop(name);
        }
    }

    private void deleteDirectory() throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
