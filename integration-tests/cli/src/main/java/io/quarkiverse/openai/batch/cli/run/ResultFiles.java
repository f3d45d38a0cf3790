package io.quarkiverse.openai.batch.cli.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.model.Batch;

/** Brings the result files of a batch here. */
@Singleton
public class ResultFiles {

    @Inject
    @RestClient
    FileService files;

    /** The output file, then the error file; what does not exist is left out. */
    public List<Path> download(Batch batch, WorkDirectory work) throws IOException {
        List<Path> downloaded = new ArrayList<>();
        if (batch.outputFileId() != null) {
            downloaded.add(download(batch.outputFileId(), work.file("output.jsonl")));
        }
        if (batch.errorFileId() != null) {
            downloaded.add(download(batch.errorFileId(), work.file("errors.jsonl")));
        }
        return downloaded;
    }

    private Path download(String fileId, Path target) throws IOException {
        long size;
        try (InputStream content = files.fileContent(fileId)) {
            size = Files.copy(content, target);
        }
        Long expected = files.retrieveFile(fileId).bytes();
        if (expected != null && expected != size) {
            throw new IOException("File %s has %d bytes, but %d came".formatted(fileId, expected, size));
        }
        return target;
    }
}
