package io.quarkiverse.openai.batch.runtime.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.annotation.PreDestroy;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.runtime.app.Clients;

/**
 * Files that are dropped on the page. They arrive in slices, since a call of the Dev UI is lost beyond 64 KB. They are kept
 * until
 * the application stops.
 */
public class FilesJsonRpcService {

    private static final Logger LOG = Logger.getLogger(FilesJsonRpcService.class);

    private final BatchJobs jobs;
    private final Clients clients;
    private final Map<String, DroppedFile> files = new ConcurrentHashMap<>();
    private Path directory;

    FilesJsonRpcService(BatchJobs jobs, Clients clients) {
        this.jobs = jobs;
        this.clients = clients;
    }

    /** The names of the clients, for whom a job can be. */
    public List<String> clients() {
        return List.copyOf(clients.names());
    }

    /** Begins a file. */
    public Upload beginFile(String name) {
        try {
            String id = UUID.randomUUID().toString();
            files.put(id, new DroppedFile(Files.createFile(directory().resolve(id)), name));
            return new Upload(id, null);
        } catch (IOException e) {
            return new Upload(null, Done.refused("The file cannot be stored: " + e.getMessage()).message());
        }
    }

    /** Only its owner can read what is in it. */
    private synchronized Path directory() throws IOException {
        if (directory == null) {
            directory = Files.createTempDirectory("openai-batch-dev-");
        }
        return directory;
    }

    /** Adds a slice, in base64. */
    public Done appendToFile(String id, String slice) {
        return Done.of(() -> {
            file(id).append(Base64.getDecoder().decode(slice));
            return "added";
        });
    }

    /** Reads a whole file, and sends nothing. */
    public FileCheck checkFile(String id, String client) {
        try {
            return file(id).check(clients.ofJobs(client).settings().limits(), "");
        } catch (IOException | RuntimeException e) {
            LOG.debug("A dropped file cannot be checked", e);
            return FileCheck.problem(Done.refused(e.getMessage()).message());
        }
    }

    /** Submits a job with the requests of a file; of one with problems, nothing. */
    public Done runFile(String id, String job, String client, String model) {
        return Done.of(() -> {
            DroppedFile file = file(id);
            FileCheck check = file.check(clients.ofJobs(client).settings().limits(), model);
            if (!check.problems().isEmpty()) {
                throw new IllegalArgumentException(check.problems().get(0));
            }
            if (check.texts() && model.isBlank()) {
                throw new IllegalArgumentException("Lines of texts need a model");
            }
            jobs.submit(JobSpec.named(job).version(id).client(client).requests(() -> file.requests(model)));
            return "Job " + job + " is submitted";
        });
    }

    private DroppedFile file(String id) {
        DroppedFile file = files.get(id);
        if (file == null) {
            throw new IllegalArgumentException("The file is gone, since the application was restarted. Drop it again");
        }
        return file;
    }

    /** Forgets a file that is not run. */
    public Done discardFile(String id) {
        return Done.of(() -> {
            DroppedFile file = files.remove(id);
            if (file != null) {
                file.delete();
            }
            return "discarded";
        });
    }

    @PreDestroy
    void deleteFiles() {
        try {
            for (DroppedFile file : files.values()) {
                file.delete();
            }
            if (directory != null) {
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            LOG.debug("Dropped files are left behind", e);
        }
    }
}
